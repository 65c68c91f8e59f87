"""The answers of the pages for programs, as JSON.

routes   the addresses below /api/v1     openapi  their description
"""

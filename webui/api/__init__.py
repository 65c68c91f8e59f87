"""The answers of the pages for programs, as JSON.

routes   the addresses below /api/v1     answers  the shapes of what they answer     openapi  their description
parameters  what a search asks for, read strictly     cursors  how far a program has read
"""

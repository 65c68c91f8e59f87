"""The JSON API.

routes   the addresses below /api/v1     answers  the shapes of the answers     openapi  their description
parameters  the parameters of a search, read strictly     cursors  pages of searches of any size
"""

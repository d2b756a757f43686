"""The pages: read the request, ask the models, answer."""

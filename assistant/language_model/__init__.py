"""A configured chat model writes the answer; every sentence of it is verified, or it is not shown.

Light to import: LangChain, pydantic-settings and tiktoken are read only when a model is configured.
"""

"""The answers of the resolver for programs: JSON, described by OpenAPI."""

"""Pages of works, editions and components, at every address that leads to them."""

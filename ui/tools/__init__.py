"""Clinical tools by form: staging, and the others, which ``forms.toml`` describes and one page draws."""

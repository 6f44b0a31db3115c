"""Whether a person uses the desk's single keys (WCAG 2.1.4: they can be turned off)."""

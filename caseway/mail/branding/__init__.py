"""The desk's pages of brands: their face, their host, and in whose name their mails go out."""

"""What a partner's people do without a sign-in, on the page behind the links of a mail."""

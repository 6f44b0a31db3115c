"""The SMTP and LMTP listener: takes a mail only after it is stored."""

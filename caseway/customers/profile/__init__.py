"""One's own profile: name, language, time zone, mails, sessions. For customers and agents alike."""

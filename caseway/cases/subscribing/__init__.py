"""Who of those who take part by e-mail is mailed, and who ended that."""

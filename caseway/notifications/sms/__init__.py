"""SMS to our people: queued like mails, sent through one provider."""

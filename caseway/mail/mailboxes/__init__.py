"""One mailbox: what it is for, where its mails are fetched from, and by which server they leave."""

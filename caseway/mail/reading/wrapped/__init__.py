"""Messages wrapped in something else than MIME: Outlook's winmail.dat, opaque signatures."""

"""The edit panel of a customer account's case: note, status and details in one place."""

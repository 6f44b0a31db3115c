"""Where the bytes of files are kept: a folder, or a bucket of S3-compatible storage."""

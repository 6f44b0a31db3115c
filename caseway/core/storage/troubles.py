"""What a bucket's client complains of, in a line for the person who set it up. Never holds a secret."""

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectTimeoutError,
    EndpointConnectionError,
    NoCredentialsError,
    PartialCredentialsError,
    ProfileNotFound,
    ReadTimeoutError,
    SSLError,
)

SILENCE = (EndpointConnectionError, ConnectTimeoutError, ReadTimeoutError)
CREDENTIALS = (NoCredentialsError, PartialCredentialsError, ProfileNotFound)


def words_for(trouble: Exception, *, bucket: str, where: str) -> str:
    """One line that names what to look at."""
    if isinstance(trouble, CREDENTIALS):
        return (
            "there are no credentials: write them into the address, "
            "or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
        )
    if isinstance(trouble, SSLError):
        return f"{where} has a certificate that can't be trusted"
    if isinstance(trouble, SILENCE):
        return f"{where} does not answer"
    if isinstance(trouble, ClientError):
        return _refusal(trouble, bucket, where)
    kind = type(trouble).__name__
    return f"{where} can't be used: {kind}" if isinstance(trouble, BotoCoreError) else f"{where} broke off"


def _refusal(trouble: ClientError, bucket: str, where: str) -> str:
    status = trouble.response.get("ResponseMetadata", {}).get("HTTPStatusCode")
    code = trouble.response.get("Error", {}).get("Code", "")
    if status in (401, 403):
        return f"{where} refuses the credentials, or they may not use the bucket {bucket} ({code})"
    if status == 404:
        return f"there is no bucket {bucket} at {where}"
    return f"{where} answers {status} ({code})"

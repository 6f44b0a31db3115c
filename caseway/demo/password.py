"""The password of everyone in the demo world; it is printed in the documentation on purpose."""

PASSWORD = "caseway-demo"  # noqa: S105

"""Brands: which one a host name belongs to, their logos, and changing them."""

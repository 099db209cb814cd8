"""Sites on loopback that the tests of fetching build and ask."""

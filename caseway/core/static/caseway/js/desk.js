/** The desk's scripts. */

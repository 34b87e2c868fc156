"""The encrypted offline store: SQLCipher database, sealed blobs, migrations, recovery."""

"""Pages of this site's accounts, not of the house: account, welcome, practice mailbox."""

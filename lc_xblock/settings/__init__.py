"""What the plugin adds to the settings of an LMS and of Studio, as the platform calls it."""

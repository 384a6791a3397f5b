"""The xblock-sdk's workbench as a host of our block: settings, addresses and people of its own."""

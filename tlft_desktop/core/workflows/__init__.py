"""What people do, joined from the packages: called by the window and by the command line alike."""

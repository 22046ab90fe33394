"""The site: `make docs` stages its pages from all over the project and builds them into `build/site`."""

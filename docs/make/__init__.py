"""Programs that make the documentation: pictures, drawings, reference pages and the site."""

"""What gunicorn reads by itself."""

import os

bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"
threads = 8

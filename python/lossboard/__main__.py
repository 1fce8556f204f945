import sys

from ._sync import main

sys.exit(main())

import os
import tempfile

# Before Django reads its settings: a data folder of this run's own.
os.environ["AYNI_DATA"] = tempfile.mkdtemp(prefix="ayni-tests-")

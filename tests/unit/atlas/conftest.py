import pytest

from ayni.atlas.queries.editions import atlas_of, choose, readable


@pytest.fixture
def atlas(db):
    """The edition of 2010."""
    edition = choose(readable(drafts=False))
    assert edition is not None
    return atlas_of(edition)

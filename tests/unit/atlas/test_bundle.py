from ayni.atlas.figures.bundle import NAME, write_bundle


def test_the_bundle_is_written_once(tmp_path):
    assert write_bundle(tmp_path)
    text = (tmp_path / NAME).read_text(encoding="utf-8")
    assert "vegaEmbed" in text and "sourceMappingURL" not in text
    assert not write_bundle(tmp_path)
    (tmp_path / NAME).write_text("/* another version */\n")
    assert write_bundle(tmp_path)

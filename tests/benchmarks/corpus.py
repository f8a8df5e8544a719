"""A deterministic corpus: the registry's portals with Vietnamese documents, as many as asked."""

from __future__ import annotations

import random
import shutil
from datetime import datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
WORDS = (
    "người dân hồ sơ giải quyết thủ tục đúng hẹn cơ quan tỉnh huyện xã đường cầu kênh nước ngọt "
    "mặn vụ lúa vườn cây thanh long sầu riêng học sinh bệnh viện trạm y tế doanh nghiệp hợp tác "
    "xã khởi công hoàn thành kinh phí kế hoạch năm quý tháng tuần công khai niêm yết góp ý trả lời"
).split()


def sentence(chance: random.Random) -> str:
    words = [chance.choice(WORDS) for _ in range(chance.randint(8, 18))]
    return " ".join(words).capitalize() + "."


def body(chance: random.Random) -> str:
    """About 200 words: paragraphs, two headings, a list and a table."""
    paragraphs = [" ".join(sentence(chance) for _ in range(3)) for _ in range(4)]
    items = "\n".join(f"- {sentence(chance)}" for _ in range(4))
    rows = "\n".join(f"| {chance.choice(WORDS)} | {chance.randint(1, 999)} |" for _ in range(3))
    table = f"| Tên | Số |\n| --- | --- |\n{rows}"
    one, two, three, four = paragraphs
    return (
        f"{one}\n\n## Nội dung\n\n{two}\n\n{items}\n\n## Kết quả\n\n{three}\n\n{table}\n\n{four}\n"
    )


def write_corpus(root: Path, documents: int, portals: int | None = None) -> int:
    """Writes content/ and themes/ below `root`; the number of documents written."""
    chance = random.Random(20151218)
    content = root / "content"
    content.mkdir(parents=True)
    (root / "themes").symlink_to(ROOT / "themes")
    shutil.copy(ROOT / "content" / "registry.yml", content)
    folders = sorted(path.parent for path in (ROOT / "content").glob("*/portal.yml"))
    if portals is not None:
        folders = [folder for folder in folders if folder.name != "tiengiang"][: portals - 1]
        folders.append(ROOT / "content" / "tiengiang")
    for folder in folders:
        target = content / folder.name
        (target / "tin-tuc").mkdir(parents=True)
        shutil.copy(folder / "portal.yml", target)
        lines = (folder / "portal.yml").read_text("utf-8").split("\n")
        names = [line.split(": ")[1] for line in lines if line.strip(" -").startswith("name: ")]
        moment = datetime(2015, 12, 17, 9)
        for number in range(documents):
            moment -= timedelta(hours=1 + chance.randint(0, 9))
            text = (
                f"---\ntype: news\ntitle: Tin số {number} {sentence(chance)[:60]}\n"
                f"summary: {sentence(chance)}\nkeywords: [tin, {chance.choice(WORDS)}]\n"
                f"author: {names[-1]}\napprover: {names[-2]}\n"
                f"approved: {moment:%Y-%m-%dT%H:%M}\npublished: {moment:%Y-%m-%dT%H:%M}\n"
                f"status: published\n---\n{body(chance)}"
            )
            (target / "tin-tuc" / f"tin-{number}.md").write_text(text, "utf-8")
    return len(folders) * documents

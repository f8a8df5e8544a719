# ruff: noqa: E501  # phrases stand as sites write them
"""Pages that nobody tuned on: phrase x separator x structure x trap, drawn by a seeded hand.

Every body, person, number and address is invented. What a page says is known by construction: the
values that are planted, and nothing else.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

PEOPLE = (
    "Nguyễn Hữu Mẫu|Trần Thị Giả Liên|Lê Mẫu|Phạm Quốc Mẫu Toàn|Huỳnh Mẫu Ngân|Võ Giả Sinh|"
    "Đặng Thị Mẫu|Bùi Giả Khánh|Đỗ Mẫu Thư|Hồ Giả Lâm|Ngô Mẫu Tịnh|Dương Giả Hạ|Lý Mẫu Xuân|"
    "Trương Giả Vĩnh|Đoàn Mẫu Thủy|Phan Giả Cường|Vũ Mẫu Đạt|Đinh Giả Hòa|Lương Thị Mẫu Bích|"
    "Mai Giả Phước|Tô Mẫu Hân|Thạch Mẫu Som|Giàng A Mẫu|Lò Thị Giả|Hoàng Giả Nghị|Cao Mẫu Dung|"
    "Quách Giả Tường|Tạ Mẫu Trung|Châu Giả Đan|Nông Mẫu Hiệp|Hà Giả Quyên|La Mẫu Tiến"
).split("|")
POSTS = (
    "Giám đốc|Phó Giám đốc|Chủ tịch UBND xã|Phó Chủ tịch|Chánh Văn phòng|Phó Chánh Văn phòng|"
    "Hiệu trưởng|Phó Hiệu trưởng|Trưởng phòng|Trưởng ban|Cục trưởng|Phó Cục trưởng|Chánh Thanh tra|"
    "Viện trưởng|Phó Trưởng phòng|Bí thư|Chánh án|Chi cục trưởng"
).split("|")
PERSON_LABELS = (
    "Chịu trách nhiệm nội dung|Người chịu trách nhiệm quản lý nội dung|Chịu trách nhiệm chính|"
    "Chịu trách nhiệm quản lý nội dung|Người phụ trách nội dung|Chịu trách nhiệm xuất bản|"
    "CHỊU TRÁCH NHIỆM NỘI DUNG|Người chịu trách nhiệm nội dung|Chịu trách nhiệm"
).split("|")
BODIES = (
    ("Sở Ngoại vụ tỉnh Giả", "Ủy ban nhân dân tỉnh Giả"),
    ("Ủy ban nhân dân huyện Mẫu Phước", "Ủy ban nhân dân tỉnh Mẫu"),
    ("Ủy ban nhân dân phường Giả Lợi", "Ủy ban nhân dân thành phố Giả"),
    ("Trường THPT Mẫu Trạch", "Sở Giáo dục và Đào tạo tỉnh Mẫu"),
    ("Trường Tiểu học Giả Sơn", "Phòng Giáo dục và Đào tạo huyện Giả"),
    ("Bệnh viện Phụ sản Mẫu", "Sở Y tế tỉnh Mẫu"),
    ("Chi cục Thủy lợi Giả", "Sở Nông nghiệp và Phát triển nông thôn Giả"),
    ("Tòa án nhân dân huyện Mẫu Tây", "Tòa án nhân dân tỉnh Mẫu"),
    ("Văn phòng Đăng ký đất đai Giả", "Sở Tài nguyên và Môi trường Giả"),
    ("Trung tâm Dịch vụ việc làm Mẫu", "Sở Lao động - Thương binh và Xã hội Mẫu"),
    ("Cục Thống kê tỉnh Giả", "Tổng cục Thống kê"),
    ("Hội Chữ thập đỏ tỉnh Mẫu", "Ủy ban Mặt trận Tổ quốc tỉnh Mẫu"),
    ("Quỹ Đầu tư phát triển Giả", "Ủy ban nhân dân tỉnh Giả"),
    ("Ban An toàn giao thông tỉnh Mẫu", "Ủy ban nhân dân tỉnh Mẫu"),
)
GOVERNING = "Cơ quan chủ quản|Đơn vị chủ quản|Cơ quan quản lý|CQCQ|CƠ QUAN CHỦ QUẢN".split("|")
PHONE_LABELS = "Điện thoại|ĐT|Tel|Số điện thoại|Đường dây nóng|Hotline|SĐT|ĐIỆN THOẠI".split("|")
PHONES = (
    "(024) 3612 {n}|024.6284{n}|0296-382{n}|080 4{n}|028 3921 {n}|02753.81{n}|"
    "(+84.236) 3.81{n[0]}.{n[1]}{n[2]}{n[3]}|0903 41{n[0]} {n[1]}{n[2]}{n[3]}|1900.88{n[0]}.{n[1]}{n[2]}{n[3]}|"
    "(0273) 387.{n}|0273 3 87 {n[0]}{n[1]} {n[2]}{n[3]}|+84 273 387 {n}|0650.382{n}|(04) 3733 {n}|"
    "0084-8-3829-{n}|0273.3.87{n[0]}.{n[1]}{n[2]}{n[3]}"
).split("|")
BAD_PHONES = "(028) XXXX XXXX|028.xxx.xxx|0988.xxx.xxx|(Cập nhật số điện thoại đơn vị)|.........|đang cập nhật".split(
    "|"
)
EMAIL_LABELS = "Email|E-mail|Thư điện tử|Hòm thư điện tử|Hộp thư|EMAIL|Mail".split("|")
EMAILS = "vanthu.{k}@gia.gov.vn|{k}@mau.gov.vn|ubnd-{k}@tinhgia.gov.vn|{k}_01@mau.edu.vn|bbt.{k}@gia.org.vn|{k}gia@gmail.com".split(
    "|"
)
BAD_EMAILS = "info@example.com|(Cập nhật email đơn vị)|đang cập nhật|abc@gia|.....@.....".split("|")
ADDRESS_LABELS = "Địa chỉ|Trụ sở|Trụ sở chính|ĐỊA CHỈ|Địa chỉ liên hệ|Trụ sở làm việc".split("|")
ADDRESSES = (
    "Số {k}, đường Nguyễn Giả, phường {k}, thành phố Mẫu|{k}/2 Lê Mẫu, P.{k}, Q. Giả, TP. Mẫu|"
    "Ấp {k}, xã Giả Thạnh, huyện Mẫu, tỉnh Giả|Khu phố {k}, thị trấn Mẫu, huyện Giả|"
    "Tầng {k}, Tòa nhà Mẫu, số {k} phố Giả, Hà Nội|Thôn {k}, xã Mẫu Sơn, huyện Giả Bắc, tỉnh Mẫu|"
    "{k} đại lộ Giả, khu hành chính, TP Mẫu|Quốc lộ {k}A, phường Giả, thị xã Mẫu"
).split("|")
BAD_ADDRESSES = "(Cập nhật địa chỉ đơn vị)|..........|đang cập nhật".split("|")
LICENCES = (
    "Giấy phép số {n}/GP-TTĐT do {a} cấp ngày {d}/{m}/{y}|Giấy phép: Số {n}/GP-STTTT ngày {d}/{m}/{y} của {a}|"
    "Số giấy phép: {n}/GP-BC, {a} cấp ngày {d}-{m}-{y}|GP số {n}/GP-TTĐT do {a} cấp ngày {d}/{m}/{y}|"
    "Giấy phép thiết lập trang thông tin điện tử tổng hợp trên mạng số {n}/GP – TT ĐT do {a} cấp ngày {d}/{m}/{y}|"
    "Giấy phép Trang thông tin điện tử tổng hợp số {n}/GP-BTTTT cấp ngày {d}/{m}/{y}|"
    "Giấy phép cung cấp thông tin trên internet số {n}/GP-BC ngày {d} tháng {m} năm {y}"
).split("|")
BAD_LICENCES = (
    "Giấy phép số ...... do ...... cấp ngày ......|Giấy phép kinh doanh số 1200456789|ĐKKD số 0300111222 cấp 2010|"
    "Giấy phép số 19/GP-BCT về bán lẻ rượu|Phần mềm phát hành theo giấy phép MIT"
).split("|")
SOURCE_RULES = (
    "Ghi rõ nguồn '{b}' khi phát hành lại thông tin từ website này|Đề nghị ghi rõ nguồn khi đăng tải lại|"
    "Vui lòng ghi rõ nguồn {b} khi trích dẫn lại tin|Khi sử dụng lại thông tin, đề nghị ghi rõ nguồn {b}|"
    "Chỉ được phát hành lại khi có sự đồng ý bằng văn bản của {b}"
).split("|")
NO_SOURCE_RULES = "Bản quyền thuộc về {b}|© {b}|Người bán phải ghi rõ nguồn gốc hàng hóa".split("|")
BOARDS = "Trưởng Ban biên tập: {p}|Phó Trưởng Ban biên tập: {p}|Ban biên tập website: {p}".split(
    "|"
)
SEPARATORS = (": ", " : ", ":", " - ", ": <b></b>", ":&nbsp;")
TRAPS = (
    "<p>Phó Chủ tịch Giả Văn Thật yêu cầu các sở chịu trách nhiệm về tiến độ. Ông Lê Thật Tình chịu trách nhiệm chung.</p>",
    "<p>Ông Trần Thật Thà, Trưởng Ban biên soạn, chịu trách nhiệm nội dung hội thảo và mời báo cáo viên.</p>",
    "<p>Hội thi diễn ra tại Nhà thi đấu; địa chỉ: 77 đường Thật, phường 9; vé bán tại quầy, điện thoại 0907 654 321.</p>",
    "<p>Đã thu hồi giấy phép lái xe số 790111222333 và Giấy phép số 31/GP-BCT của cửa hàng.</p>",
    "<ul><li><a href='/1'>Diễn tập tìm kiếm cứu nạn trên sông</a></li><li><a href='/2'>Sơ đồ tổ chức</a></li></ul>",
    "<p>Bếp ăn phải ghi rõ nguồn gốc thực phẩm khi sử dụng nguyên liệu.</p>",
    "<p>Theo Tổng Biên tập một tờ báo, việc này cần làm ngay. Kết luận số 145/KL-TTr ngày 02/10/2019.</p>",
    "<p>Tổng số lượt truy cập: 0283921777. Mã số thuế: 0301234888.</p>",
    "<p>Người chịu trách nhiệm trước pháp luật là chủ đầu tư, theo ông Nguyễn Thật Chân.</p>",
)  # fmt: skip


@dataclass
class Drawn:
    """A page as it grows: the footer's fields, and what a reader will find."""

    rng: random.Random
    items: list[tuple[str, str]] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)

    def pick(self, choices: Any) -> Any:
        """One of the choices."""
        return self.rng.choice(choices)

    def add(self, label: str, value: str, kind: str = "", fact: str = "") -> None:
        """A field of the footer, and the fact that it states."""
        self.items.append((label, value))
        if kind:
            self.facts.setdefault(kind, []).append(fact or value)


def person(draw: Drawn) -> None:
    """Who answers for the content, in one of the ways that sites write it."""
    name, post = draw.pick(PEOPLE), draw.pick(POSTS)
    titled = draw.pick(("Ông ", "Bà ", "Đồng chí ", "Đ/c ", "Ông: ", "TS. ", "ThS. ", ""))
    shown = draw.pick((name, name, name, name.upper()))
    forms = (
        f"{titled}{shown} - {post}",
        f"{titled}{shown} – {post}",
        f"{titled}{shown}, {post}",
        f"{post} {shown}",
        f"{titled}{shown}",
        f"{titled}<strong>{shown}</strong> ({post})",
        f"{post} - {titled}{shown}",
        f"{titled}{shown}<br>{post}",
    )
    label = draw.pick(PERSON_LABELS)
    kind = draw.rng.random()
    if kind < 0.72:
        draw.add(label, draw.pick(forms), "responsible-person", name)
    elif kind < 0.82:
        draw.add(label, post)
    elif kind < 0.9:
        draw.add(label, draw.pick(("Ban Biên tập", "Phòng Văn hóa và Thông tin", "Văn phòng Sở")))
    else:
        draw.add(label, draw.pick(("", "đang cập nhật", "Nguyễn Văn A", "........")))


def contacts(draw: Drawn) -> None:
    """Phone, fax, e-mail and address, good or only waiting to be filled in."""
    number = [str(draw.rng.randint(1, 8)) for _ in range(4)]
    text = "".join(number)

    class Digits(str):
        __slots__ = ()

    phone = draw.pick(PHONES).format(n=Digits(text))
    if draw.rng.random() < 0.8:
        draw.add(draw.pick(PHONE_LABELS), phone, "phone")
    else:
        draw.add(draw.pick(PHONE_LABELS), draw.pick(BAD_PHONES))
    if draw.rng.random() < 0.3:
        draw.add("Fax", f"0273 3999 {text}")
    key = draw.pick("soct ubgia thptm bvps cctl tand vpdk ttvl".split())
    if draw.rng.random() < 0.8:
        mail = draw.pick(EMAILS).format(k=key)
        written = draw.pick((mail, mail, mail + ".", f'<a href="mailto:{mail}">{mail}</a>',
                             mail.replace("@", "(at)"), mail.replace("@", " @ ")))  # fmt: skip
        draw.add(draw.pick(EMAIL_LABELS), written, "email", mail)
    else:
        draw.add(draw.pick(EMAIL_LABELS), draw.pick(BAD_EMAILS))
    if draw.rng.random() < 0.8:
        place = draw.pick(ADDRESSES).format(k=draw.rng.randint(2, 99))
        draw.add(draw.pick(ADDRESS_LABELS), place, "address")
    else:
        draw.add(draw.pick(ADDRESS_LABELS), draw.pick(BAD_ADDRESSES))


def papers(draw: Drawn, body: str, parent: str) -> list[str]:
    """Governing body as a field; licence, source rule and board as whole lines."""
    lines = []
    if draw.rng.random() < 0.6:
        draw.add(draw.pick(GOVERNING), parent, "governing-body")
    chance = draw.rng.random()
    if chance < 0.45:
        day, month, year = (
            draw.rng.randint(1, 28),
            draw.rng.randint(1, 12),
            draw.rng.randint(2008, 2024),
        )
        number = draw.rng.randint(2, 480)
        authority = draw.pick(
            ("Sở Thông tin và Truyền thông tỉnh Giả", "Cục PTTH&TTĐT", "Sở TT&TT tỉnh Mẫu")
        )
        form = draw.pick(LICENCES)
        text = form.format(n=number, a=authority, d=day, m=month, y=year)
        lines.append(text)
        code = next(part for part in text.replace("– TT ĐT", "-TTĐT").replace("GP -", "GP-").split()
                    if part.startswith(f"{number}/"))  # fmt: skip
        draw.facts["licence"] = [code.rstrip(",")]
        draw.facts["licence-date"] = [f"{year}-{month:02d}-{day:02d}"]
        if "{a}" in form:
            draw.facts["licence-authority"] = [authority]
    elif chance < 0.7:
        lines.append(draw.pick(BAD_LICENCES))
    if draw.rng.random() < 0.4:
        lines.append(draw.pick(SOURCE_RULES).format(b=body))
        draw.facts["source-rule"] = True
    elif draw.rng.random() < 0.5:
        lines.append(draw.pick(NO_SOURCE_RULES).format(b=body))
    if draw.rng.random() < 0.2:
        lines.append(draw.pick(BOARDS).format(p="Ông " + draw.pick(PEOPLE)))
        draw.facts["editorial-board"] = True
    return lines


def _paragraphs(items: list[tuple[str, str]], sep: str) -> str:
    return "".join(f"<p>{label}{sep}{value}</p>" for label, value in items)


def _breaks(items: list[tuple[str, str]], sep: str) -> str:
    return "<br>\n".join(f"{label}{sep}{value}" for label, value in items)


def _table(items: list[tuple[str, str]], _sep: str) -> str:
    rows = "".join(f"<tr><td>{label}:</td><td>{value}</td></tr>" for label, value in items)
    return f"<table>{rows}</table>"


def _spans(items: list[tuple[str, str]], sep: str) -> str:
    return "".join(
        f"<div><span class='l'>{label}</span>{sep}<span><i>{value}</i></span></div>"
        for label, value in items
    )


def _next_line(items: list[tuple[str, str]], _sep: str) -> str:
    return "".join(f"<div><b>{label}:</b><div>{value}</div></div>" for label, value in items)


def _one_line(items: list[tuple[str, str]], sep: str) -> str:
    plain = ": " if sep == " - " else sep
    return "<p>" + " | ".join(f"{label}{plain}{value}" for label, value in items) + "</p>"


FOOTERS: tuple[Callable[[list[tuple[str, str]], str], str], ...] = (
    _paragraphs, _breaks, _table, _spans, _next_line, _one_line,
)  # fmt: skip
FRAMES = (
    "<div id='top-banner'>{banner}</div>{tools}<div class='mid'>{text}</div><div id='footer'>{foot}</div>",
    "<header>{banner}{tools}</header><main>{text}</main><footer>{foot}</footer>",
    "<table width=1000><tr><td>{banner}</td></tr><tr><td>{tools}</td></tr><tr><td><table><tr><td>{text}"
    "</td></tr></table></td></tr><tr><td><table><tr><td>{foot}</td></tr></table></td></tr></table>",
    "<form id='aspnetForm' method=post><div class='ms-header'>{banner}</div>{tools}<div>{text}</div>"
    "<div class='bottom-page'>{foot}</div></form>",
    "<div class='x1'>{banner}</div><div class='x2'>{tools}</div><div class='x3'>{text}</div><div class='x4'>{foot}</div>",
)  # fmt: skip
SEARCHES = (
    "<form action='/search'><input name='q' placeholder='Tìm kiếm...'><button>OK</button></form>",
    "<input type='text' id='ctl00_kw' value='Nhập từ khóa'><a href='javascript:tim()'>Tìm</a>",
    "<input type='search' aria-label='Tìm trên trang'>",
    "<input type='text' name='tukhoa'><input type='submit' value='Tìm kiếm'>",
)
NO_SEARCHES = (
    "",
    "<input type='text' name='email' placeholder='Nhập email nhận bản tin'><button>Gửi</button>",
    "<form><input type='text' name='user'><input type='password' name='pw'><button>Đăng nhập</button></form>",
)
LINKS = (
    ("<a href='/so-do-cong.html'>Sơ đồ cổng</a>", "sitemap"),
    ("<a href='/sodo.aspx'>SƠ ĐỒ WEBSITE</a>", "sitemap"),
    ("<a href='/sitemap'>Sơ đồ trang</a>", "sitemap"),
    ("<a href='/so-do-to-chuc'>Sơ đồ tổ chức bộ máy</a>", ""),
    ("<a href='/sodo-quyhoach'>Bản đồ quy hoạch</a>", ""),
    ("<a href='/rss.aspx'>RSS</a>", "feed"),
    ("<a href='/trang-rss'>Kênh thông tin RSS</a>", "feed"),
    ("<a href='/web/guest/sitemap'>RSS</a>", ""),
    ("<a href='#'>RSS</a>", ""),
)


def draw_page(seed: int) -> tuple[str, dict[str, Any]]:
    """The page of that number, and what is to be found there."""
    draw = Drawn(random.Random(seed))  # not for secrets
    body, parent = draw.pick(BODIES)
    draw.facts["organisation"] = [body]
    draw.facts["language"] = ["vi"]
    person(draw)
    contacts(draw)
    lines = papers(draw, body, parent)
    if draw.rng.random() < 0.3:
        draw.rng.shuffle(draw.items)
    foot = draw.pick(FOOTERS)(draw.items, draw.pick(SEPARATORS))
    more = "".join(f"<p>{line}</p>" for line in lines)
    tools = ""
    if draw.rng.random() < 0.6:
        tools += draw.pick(SEARCHES)
        draw.facts["search"] = True
    else:
        tools += draw.pick(NO_SEARCHES)
    for link, kind in draw.rng.sample(LINKS, 2):
        tools += link
        if kind:
            draw.facts[kind] = True
    banner = draw.pick(
        (
            f"<h1>{body.upper()}</h1>",
            f"<b>Cổng thông tin điện tử {body}</b>",
            f"<img alt='{body}' src='b.jpg'>",
        )
    )
    text = "".join(draw.rng.sample(TRAPS, 3))
    name = f"<p>{body if draw.rng.random() < 0.5 else body.upper()}</p>"
    inner = draw.pick(FRAMES).format(banner=banner, tools=tools, text=text, foot=name + foot + more)
    lang = draw.pick(("", " lang='vi'", " lang='en-US'"))
    html = f"<!DOCTYPE html><html{lang}><head><meta charset='utf-8'><title>{body}</title></head><body>{inner}</body></html>"
    if draw.rng.random() < 0.1:
        html = unicodedata.normalize("NFD", html)
    if draw.rng.random() < 0.2:
        html = "\ufeff" + html
    return html, draw.facts


def draw_pages(first: int, count: int) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Pages by number: name, HTML and facts."""
    for seed in range(first, first + count):
        html, facts = draw_page(seed)
        yield f"page-{seed}", html, facts

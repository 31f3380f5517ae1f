"""Made pages: the templates in ``shapes/`` filled with made articles, and what an extractor must find in each.

The templates have the shapes of Chinese sites; the texts are written for this purpose. ``{{name arguments}}`` in a
template is filled by the function of that name; what ``paragraphs``, ``first``, ``second``, ``lines``, ``items``,
``rows``, ``one``, ``caption`` and ``subhead`` put in is the article.
"""

import html
import random
import re
from pathlib import Path

FOLDER = Path(__file__).parent / "shapes"
SHAPES = sorted(file.stem for file in FOLDER.glob("*.html"))

SUBJECTS = ["园区", "开发区", "高新区", "示范区", "科技城", "产业园", "创新港", "新城"]
PLACES = ["青河", "临湖", "东岭", "白沙", "柳江", "云溪", "安平", "石桥"]
SENTENCES = [
    "{p}{s}今年上半年完成固定资产投资{n}.6亿元，同比增长{m}%。",
    "管委会负责人介绍，新引进的{n}个项目全部按计划开工，其中{m}个已经投产。",
    "“我们把{m}个服务窗口搬到厂房门口，手续{n}分钟就能办完。”一位企业代表说。",
    "据了解，{p}{s}已建成标准厂房{n}万平方米，入驻企业{m}家。",
    "下一步，{s}将继续优化营商环境，推动{n}条产业链上下游协同发展，带动{m}个乡镇增收。",
    "在{m}号装配车间里，工人们正在调试新到的{n}台设备，预计下个月可以交付第一批订单。",
    "近年来，当地先后出台{m}项措施，鼓励企业加大研发投入，引导金融机构增加中长期贷款。",
    "活动当天，来自高校、企业和科研院所的{n}余名代表参加了交流。",
    "项目总投资{n}亿元，占地{m}亩，主要建设研发中心、生产车间和配套设施。",
    "专家认为，这一做法既解决了{n}家企业的资金难题，又缩短了{m}天建设周期，值得总结推广；但也要防止一哄而上。",
]
COMMENTS = [
    "说得好，支持一下！希望越来越好。",
    "我觉得还可以，就是价格贵了点，路也远。",
    "请问怎么报名？有没有人知道，急！",
    "沙发，顶一个，明天去看看，谁一起？",
]
NAV = ["首页", "要闻", "时政", "经济", "社会", "科技", "文化", "教育", "图片", "视频", "专题", "评论", "政务", "招商"]
FOOTER = (
    "版权所有：{p}日报社 未经书面授权不得复制或建立镜像 网站备案号：某ICP备00000000号 地址：{p}市建设路1号 "
    "互联网新闻信息服务许可证编号：0000000 违法和不良信息举报电话：000-0000000"
)
_FIELD = re.compile(r"\{\{(\w+)\s?([^{}]*)\}\}")


class Page:
    """A template filled: ``html`` the page, ``title`` and ``body`` the article in it."""

    def __init__(self, shape: str, seed: int, size: str = "article") -> None:
        self.rng = random.Random(f"{shape} {seed}")
        self.place = self.rng.choice(PLACES)
        self.subject = self.rng.choice(SUBJECTS)
        deed = self.rng.choice(["新签约", "集中开工", "举办对接会推介"])
        self.title = f"{self.place}{self.subject}{deed}{self.rng.randint(5, 60)}个项目"
        self._said: set[str] = set()
        self.texts = self._texts(size)
        self._body: list[str] = []
        template = (FOLDER / f"{shape}.html").read_text("utf-8").split("-->", 1)[1]
        self.html = _FIELD.sub(
            lambda found: str(getattr(self, found[1])(found[2])),
            template.replace("{{title}}", self.title).replace("{{place}}", self.place),
        )

    @property
    def body(self) -> str:
        return "".join(self._body)

    def _texts(self, size: str) -> list[str]:
        """An article of 3 to 14 paragraphs; one of two; a brief of 60 to 100 characters."""
        if size == "brief":
            text = ""
            while len(text) < 60:
                text += self._sentence()
            return [text]
        count = 2 if size == "two" else self.rng.randint(3, 14)
        return ["".join(self._sentence() for _ in range(self.rng.randint(1, 4))) for _ in range(count)]

    def _sentence(self) -> str:
        """A sentence that the page does not hold yet: what stands twice is a duplicate."""
        said = ""
        while not said or said in self._said:
            made = self.rng.choice(SENTENCES)
            said = made.format(p=self.place, s=self.subject, n=self.rng.randint(3, 900), m=self.rng.randint(2, 400))
        self._said.add(said)
        return said

    def _in_tags(self, texts: list[str], tag: str) -> str:
        self._body += texts
        name = tag.split(" ", 1)[0] or "p"
        return "".join(f"<{tag or 'p'}>　　{html.escape(text)}</{name}>" for text in texts)

    def paragraphs(self, tag: str) -> str:
        return self._in_tags(self.texts, tag)

    def first(self, tag: str) -> str:
        return self._in_tags(self.texts[: max(1, len(self.texts) // 2)], tag)

    def second(self, tag: str) -> str:
        return self._in_tags(self.texts[max(1, len(self.texts) // 2) :], tag)

    def lines(self, between: str) -> str:
        self._body += self.texts
        return between.replace("\\n", "\n").join("&nbsp;&nbsp;" + html.escape(text) for text in self.texts)

    def one(self, _: str) -> str:
        self._body.append(self._sentence())
        return self._body[-1]

    def one_p(self, _: str) -> str:
        return self._in_tags(self.texts[:1], "p")

    def two_p(self, _: str) -> str:
        return self._in_tags(self.texts[1:2], "p")

    def names(self, count: str) -> str:
        return self._in_tags(
            [f"{self.rng.choice(PLACES)}{self._number()}有限公司 王小明" for _ in range(int(count))], "p"
        )

    def rows_long(self, count: str) -> str:
        rows = [["序号", "企业名称", "所属区县"]]
        rows += [
            [str(i), f"{self.rng.choice(PLACES)}{self._number()}科技有限公司", "东城区"] for i in range(int(count))
        ]
        self._body += ["".join(row) for row in rows]
        return "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)

    def answers(self, count: str) -> str:
        said = [
            [self.rng.choice(["[主持人]", "[王建国]"]), f"{self._sentence()}{self._sentence()}"]
            for _ in range(int(count))
        ]
        self._body += [f"{who}{what}" for who, what in said]
        return "".join(f"<p><b>{who}</b></p><p>{what}</p>" for who, what in said)

    def _number(self) -> str:
        return str(self.rng.randint(1, 9999))

    def items(self, count: str) -> str:
        listed = [f"{i + 1}. {self.rng.choice(PLACES)}县{self.rng.choice(SUBJECTS)}项目" for i in range(int(count))]
        self._body += listed
        return "".join(f"<li>{item}</li>" for item in listed)

    def rows(self, count: str) -> str:
        rows = [["县区", "投资（亿元）", "增长（%）"]]
        rows += [
            [f"{p}县", f"{self.rng.randint(10, 99)}", f"{self.rng.randint(1, 20)}.5"] for p in PLACES[: int(count)]
        ]
        self._body += ["".join(row) for row in rows]
        return "".join("<tr>" + "".join(f"<td><p>{cell}</p></td>" for cell in row) + "</tr>" for row in rows)

    def caption(self, _: str) -> str:
        self._body.append(f"{self.place}{self.subject}的生产车间。资料图")
        return self._body[-1]

    def subhead(self, _: str) -> str:
        self._body.append("一条龙服务跑出加速度")
        return self._body[-1]

    def first_words(self, _: str) -> str:
        return self.texts[0][:60]

    def nav(self, tag: str) -> str:
        if tag == "a":
            return "".join(f'<a href="/{i}/">{name}</a> ' for i, name in enumerate(NAV))
        return "".join(f'<{tag or "li"}><a href="/{i}/">{name}</a></{tag or "li"}>' for i, name in enumerate(NAV))

    def headline(self, _: str) -> str:
        deed = self.rng.choice(["召开", "启动", "发布", "推进", "完成"])
        what = self.rng.choice(["重点项目调度会", "招商推介活动", "春季造林任务", "人才公寓建设", "政务服务改革"])
        return f"{self.rng.choice(PLACES)}{deed}{what}{self.rng.choice(['', ' 涉及十个乡镇', '，市长出席'])}"

    def _other(self) -> str:
        made = self.rng.choice(SENTENCES)
        return made.format(p="外地", s="新区", n=self.rng.randint(3, 90), m=self.rng.randint(3, 90))

    def links(self, arguments: str) -> str:
        count, _, tag = arguments.partition(" ")
        before, after = ("<tr><td>·", "</td></tr>") if tag == "tr" else ("<li>", "</li>")
        return "".join(f'{before}<a href="/{i}.html">{self.headline("")}</a>{after}' for i in range(int(count)))

    def entries(self, count: str) -> str:
        return "".join(
            f'<div class="it"><a href="#">{self.headline("")}</a><span>1.2万阅读</span></div>'
            for _ in range(int(count))
        )

    def abstracts(self, count: str) -> str:
        return "".join(
            f'<div class="x"><h4><a href="#">{self.headline("")}</a></h4><p>{self._other()}</p>'
            "<span>2021-06-12</span></div>"
            for _ in range(int(count))
        )

    def slides(self, count: str) -> str:
        return "".join(
            f'<div class="sl"><h3>{self.headline("")}</h3><p>{self._other()}</p><div class="d">2019-09-09</div></div>'
            for _ in range(int(count))
        )

    def comments(self, count: str) -> str:
        return "".join(
            f'<li><div class="who">网友{i}</div><p>{self.rng.choice(COMMENTS)}</p><a>回复</a></li>'
            for i in range(int(count))
        )

    def foot(self, _: str) -> str:
        return FOOTER.format(p=self.place)

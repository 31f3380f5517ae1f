"""Pages of several articles, made from invented healthy ones."""

import random
from typing import NamedTuple


class Story(NamedTuple):
    """A headline and its paragraphs; the headings among them begin with a hash."""

    title: str
    lines: tuple[str, ...]


STORIES = (
    Story(
        "临江高新区：老船厂里造出深海机器人",
        (
            "清晨六点，临江高新区的旧船坞已经灯火通明。曾经修理渔船的三号船台上，一台深海机器人正在吊装机械臂。",
            "#从修船到造“鱼”",
            "三年前，船厂订单锐减，两百多名焊工面临转岗。园区把船坞改造成深海装备试验场，请来海洋大学的团队驻场，焊工们学起了水密舱体的加工。",
            "“水下三千米，一条焊缝漏水就全废了。”班组长胡海生说，如今他们的焊缝合格率达到99.8%。",
            "#试验场向同行开放",
            "试验场建有深60米的水池，向全国的装备企业开放预约。去年，深海机器人完成测试46次，带动配套企业签约12家。",
        ),
    ),
    Story(
        "小麦收割机的“北斗”眼",
        (
            "6月2日，记者在平原县万亩示范田看到，十二台收割机排成一列，驾驶室里空无一人。装在车顶的北斗天线让每台收割机的行距误差不超过3厘米。",
            "种粮大户葛长顺算了一笔账：无人收割机白天黑夜都能干，去年三天收完的麦子，今年一天半就进了仓，每亩少掉粮二十多斤。",
            "平原县农业农村局介绍，今年夏收全县投入北斗收割机340台，机收损失率降到1.1%。",
        ),
    ),
    Story(
        "退税到账更快了 外贸企业敢接长单",
        (
            "近日，沿海某市税务部门推出出口退税“当日审、次日到”服务，首批覆盖一类、二类出口企业860家。",
            "做户外家具的金浪公司是受益者之一。公司财务主管说，以往退税要等十来天，长单压着货款不敢接；现在退税次日到账，今年已接下欧洲客户全年的订单。",
            "#数据跑路代替企业跑腿",
            "税务部门与海关、外汇部门打通了报关单和结汇数据，企业不用再交纸质单证。上半年，该市办理出口退税97亿元，平均用时压缩到1.2个工作日。",
        ),
    ),
    Story(
        "儿童医院开出“音乐处方”",
        (
            "推开市儿童医院血液科的门，走廊尽头传来一阵竖琴声。抱着琴的不是演员，而是音乐治疗师宋雨。",
            "去年起，这家医院为住院的孩子开设音乐治疗，孩子们每周两次跟着竖琴和鼓点做呼吸训练。血液科主任说，参加音乐治疗的孩子，穿刺时哭闹的时间短了一半。",
            "目前，音乐治疗已扩展到康复科和心理科，累计服务患儿1900人次。",
        ),
    ),
    Story(
        "云岭州：风电场上种出菌草林",
        (
            "海拔两千六百米的云岭州，风机脚下原是砾石坡。为了给风电场固土，州林草局引来菌草试种，如今坡上的菌草已经高过人头。",
            "#一草三用",
            "菌草的根能固土，秆能喂牛，粉碎后还能种菇。风电场周边的三个村办起合作社，去年卖菇收入680万元，户均增收九千多元。",
            "#电价也让村里受益",
            "风电场每年从发电收入里拿出3%设立菌草基金，用来给村里修路、修水窖。州发改委表示，明年菌草林将扩大到1.5万亩。",
        ),
    ),
    Story(
        "四百年古戏台修好了",
        (
            "本月中旬，历时两年的清溪古戏台修缮工程通过验收，台口的三十二幅木雕重新露出金色。",
            "主持修缮的老木匠柳正康今年七十一岁。戏台的斗拱有十七处糟朽，他坚持用旧料修补，不换整件。",
            "修缮期间，清溪村整理出民国年间的戏单六十多张。今年中秋，停演四十年的社戏将在古戏台上重新开锣。",
        ),
    ),
    Story(
        "夜间公交线网调整 十三条线路延至零点",
        (
            "9月1日起，江城公交集团调整夜间线网，十三条线路的末班车延长到零点，覆盖三所医院和两座火车站。",
            "公交集团调度中心主任说，调整依据的是半年的刷卡数据：夜间乘客主要是医院护工、餐馆员工和晚到的旅客。",
            "首周运行数据显示，夜间线网日均运送乘客4300人次，比调整前增加六成。",
        ),
    ),
    Story(
        "晶圆厂里的“水循环”：每滴水用五遍",
        (
            "一座十二英寸晶圆厂一天要用掉两万吨水。位于滨湖高新区的华芯晶圆厂，却让每滴水循环使用五遍，用水量降到同行的四成。",
            "#超纯水怎么再用",
            "清洗晶圆的超纯水排出时，仍比自来水干净。工程师孟知秋带队给每条排水管装上传感器，按水质分成六级，一级水直接回到超纯水站。",
            "“把水分得越细，回用的成本越低。”孟知秋说。去年，晶圆厂回用水1500万吨，节省水费4200万元。",
        ),
    ),
    Story(
        "社区食堂凭什么三年不亏",
        (
            "中午十一点半，柳林街道的社区食堂坐满了人。一荤两素十二元，八十岁以上老人减三元，这样的价格维持了三年。",
            "食堂负责人陶秀兰的秘诀是“一灶多用”：早上做早点外卖，中午供老人，下午给托管班的孩子做晚饭，炉灶一天开十二个小时。",
            "街道给食堂免了房租，餐饮公司按薄利供货。去年，社区食堂卖出套餐21万份，结余6万元，全部用来添置保温箱。",
        ),
    ),
)

NAMES = ("王 强 李晓明", "陈思远 赵敏", "孙丽", "周建国 吴小燕 郑 义")


class Page(NamedTuple):
    """A page's source and the numbers (1-based) of the lines that open an article."""

    source: str
    opening: set[int]


def stitched(count: int, rng: random.Random, style: str, stories: tuple[Story, ...] = STORIES) -> Page:
    """Return a page of ``count`` articles.

    ``style``: ``bare`` (headline and paragraphs), ``names`` (a line of names under the headline), ``dateline``
    (本报讯 and a reporter), ``signed`` (names behind the last paragraph), or ``mixed``.
    """
    lines: list[str] = []
    opening: set[int] = set()
    for story in rng.sample(stories, count):
        chosen = rng.choice(["bare", "names", "dateline", "signed"]) if style == "mixed" else style
        paragraphs = [line.removeprefix("#") for line in story.lines]
        names = rng.choice(NAMES)
        if chosen == "dateline":
            paragraphs[0] = f"本报讯（记者 {names}） {paragraphs[0]}"
        if chosen == "signed":
            paragraphs[-1] = f"{paragraphs[-1]} {names}"
        opening.add(len(lines) + 1)
        lines += [story.title, *([names] if chosen == "names" else []), *paragraphs]
    return Page("\n".join(lines), opening)

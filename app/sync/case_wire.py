"""A case as it travels: the fields of 提交业务接口 under the requirement's own names (L4229), and the back end's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.domain.cases.case import BackendWord, Case, PersonRole
from app.domain.errors import NetworkFault
from app.store.outbox import CaseContent

_LONGEST = 2000
_CHANNELS = {"window": "窗口"}


def case_document(content: CaseContent) -> dict[str, Any]:
    """The whole case as JSON; its papers by digest, they travel by themselves before it."""
    case, new = content.case, content.case.content
    applicant = new.person(PersonRole.APPLICANT) or new.people[0]
    return {
        "事项名称": new.matter.name,
        "事项编码": new.matter.code,
        "申报方式": _CHANNELS.get(new.channel, new.channel),
        "受理部门": case.station.station_name,
        "办件编号": case.number,
        "服务对象类型": "法人" if new.organisation else "自然人",
        "申请人姓名": applicant.name,
        "申请人证件号": applicant.id_number,
        "申请人联系电话": applicant.phone,
        "申请人联系地址": applicant.address,
        "企业名称": new.organisation,
        "警种": new.matter.line,
        "办件提交时间": case.submitted.isoformat(),
        "业务超期时间": case.due.isoformat(),
        "是否邮寄": new.by_post,
        "承诺办理期限": case.promised_days,
        "申报材料数组": [
            {"材料名称": paper.name, "材料编码": paper.item, "摘要": paper.digest, "格式": paper.media_type}
            for paper in content.materials
        ],
        "办件状态": case.state.value,
        "经办人": case.officer,
        "终端编号": case.station.terminal_number,
        "行政区划": case.station.region_code,
        "来源": case.station.source,
        "人员": [_person(case, number) for number in range(len(new.people))],
        "表单": {name: value.value for name, value in new.fields.items()},
    }


def _person(case: Case, number: int) -> dict[str, str]:
    person = case.content.people[number]
    return {
        "身份": person.role.value,
        "姓名": person.name,
        "证件种类": person.id_type,
        "证件号码": person.id_number,
        "性别": person.sex,
        "民族": person.ethnicity,
        "出生日期": person.birth_date.isoformat() if person.birth_date else "",
        "联系电话": person.phone,
        "地址": person.address,
        "关系": person.relation,
    }


def backend_word(row: object) -> BackendWord:
    """One entry of the back end's list. Raises NetworkFault NET-107."""
    if not isinstance(row, Mapping):
        raise NetworkFault("NET-107")
    sequence = row.get("序号")
    texts = [row.get(name) for name in ("办件编号", "办理过程", "意见", "责任人")]
    if not isinstance(sequence, int) or isinstance(sequence, bool) or sequence < 1:
        raise NetworkFault("NET-107")
    if not all(isinstance(text, str) and len(text) <= _LONGEST for text in texts) or not texts[0] or not texts[1]:
        raise NetworkFault("NET-107")
    return BackendWord(sequence, *map(str, texts))

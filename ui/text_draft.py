"""The texts of `youju draft`, in Chinese and in English."""

from __future__ import annotations

from collections.abc import Mapping

CHINESE: Mapping[str, str] = {
    "draft_written": "已写入 {path}",
    "draft_left_out": "有 {count} 处数字没有通过出处核对，未写入，文中已注明。",
}
ENGLISH: Mapping[str, str] = {
    "draft_written": "Written: {path}",
    "draft_left_out": "{count} numbers did not pass the check against their source and were not written.",
}

"""Files from the page: zips unpacked safely, doubts asked before anything is replaced, lots that can be stopped."""

from __future__ import annotations

import io
import re
import stat
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.types import Language
from indexer.archive import Archive
from indexer.build import index_paths
from indexer.doubts import Decision, DoubtKind
from indexer.errors import UploadError
from indexer.intake import Outcome
from indexer.types import Visibility
from indexer.viewer import LOCAL, Role, Viewer
from indexer.zipped import ZipLimits, unpack
from tests.made_archive import MadeEmbedder
from tests.made_files import report_text
from ui.files_in import Inbox
from ui.intake_job import IntakeJob, Stage
from ui.intake_jobs import IntakeDesk
from ui.intake_view import jobs_html

FIRST = report_text(2021, "杭州市", 40, length=12)
SECOND = (
    report_text(2022, "宁波市", 90, length=12)
    .replace("整治河道", "清淤沟渠")
    .replace("加强燃气安全管理", "推进老旧管网改造")
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive", create=True, embedder=MadeEmbedder()) as opened:
        yield opened


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    inbox = Inbox()
    yield inbox
    inbox.close()


def zipped(**files: str | bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return out.getvalue()


class Clerk:
    """Somebody who sends files and decides about them."""

    def __init__(self, archive: Archive, inbox: Inbox, desk: IntakeDesk, viewer: Viewer = LOCAL) -> None:
        self.viewer, self.inbox, self.desk = viewer, inbox, desk
        self.archive = archive.seen_by(viewer)
        self.noted: list[str] = []

    def begin(self, files: dict[str, str | bytes]) -> IntakeJob:
        tokens = []
        for name, content in files.items():
            stream = io.BytesIO(content.encode() if isinstance(content, str) else content)
            tokens.append(self.inbox.take(self.viewer, name, stream, limit_mb=20).token)
        return self.desk.start(self.archive, self.viewer, self.inbox, tokens, self.noted.append)

    def send(self, files: dict[str, str | bytes]) -> IntakeJob:
        job = self.begin(files)
        until(lambda: job.is_over)
        assert job.stage is Stage.DONE, job.why
        return job

    def decide(self, job: IntakeJob, decision: Decision) -> None:
        self.desk.settle(
            job, self.archive, [item.number for item in job.questions()], decision, self.noted.append
        ).join(30)


@pytest.fixture(scope="module")
def desk() -> Iterator[IntakeDesk]:
    desk = IntakeDesk()
    yield desk
    desk.close()


@pytest.fixture
def clerk(archive: Archive, inbox: Inbox, desk: IntakeDesk) -> Clerk:
    return Clerk(archive, inbox, desk)


def until(happened: Callable[[], bool], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def ends(job: IntakeJob) -> dict[str, str]:
    return {item.name: item.result.outcome.value for item in job.items() if item.result}


def test_each_file_has_its_end_and_a_bad_one_harms_no_other(clerk: Clerk) -> None:
    job = clerk.send({"杭州市2021年工作总结.txt": FIRST, "扫描.pdf": b"%PDF-1.4", "空.txt": "  ", "README.md": "about"})
    assert ends(job) == {
        "杭州市2021年工作总结.txt": "added", "扫描.pdf": "failed", "空.txt": "failed", "README.md": "failed",
    }  # fmt: skip
    why = {item.name: item.result.why for item in job.items() if item.result and item.result.why}
    assert why["扫描.pdf"].startswith("扫描.pdf的类型读不了，能读的是 .txt")
    assert why["空.txt"].startswith("空.txt里没有文字")
    assert not any("youju-" in sentence for sentence in why.values())  # where the file lay meanwhile
    assert clerk.noted == ["hangzhou-2021"]
    assert ends(clerk.send({"杭州市2021年工作总结.txt": FIRST})) == {"杭州市2021年工作总结.txt": "unchanged"}


def test_a_new_version_is_asked_about_before_it_replaces(clerk: Clerk, archive: Archive) -> None:
    name = "杭州市2021年工作总结.txt"
    clerk.send({name: FIRST})
    job = clerk.send({name: FIRST.replace("共查扣气瓶41个", "共查扣气瓶4100个")})
    assert ends(job) == {name: "asked"}
    assert [doubt.kind for doubt in job.questions()[0].result.doubts] == [DoubtKind.VERSION]
    assert "4100个" not in archive.report("hangzhou-2021").text
    clerk.decide(job, Decision.REPLACE)
    assert ends(job) == {name: "replaced"}
    assert "4100个" in archive.report("hangzhou-2021").text


def test_both_versions_can_be_kept_and_one_be_left_out(clerk: Clerk, archive: Archive) -> None:
    name = "杭州市2021年工作总结.txt"
    clerk.send({name: FIRST})
    job = clerk.send({name: SECOND})
    clerk.decide(job, Decision.KEEP)
    assert {info.path for info in archive.reports()} == {name, "杭州市2021年工作总结（2）.txt"}
    job = clerk.send({name: SECOND + "尾"})
    clerk.decide(job, Decision.LEAVE_OUT)
    assert ends(job) == {name: "left_out"}
    assert len(archive.reports()) == 2


def test_nearly_the_same_text_under_another_name_is_asked_about(clerk: Clerk, archive: Archive) -> None:
    clerk.send({"杭州市2021年工作总结.txt": FIRST, "宁波市2022年工作总结.txt": SECOND})
    assert len(archive.reports()) == 2  # the two are not near
    job = clerk.send({"总结终稿.txt": FIRST.replace("绿道121公里", "绿道999公里")})
    doubt = job.questions()[0].result.doubts[0]
    assert (doubt.kind, doubt.report.id) == (DoubtKind.NEAR, "hangzhou-2021")
    assert doubt.likeness > 0.9
    clerk.decide(job, Decision.REPLACE)
    assert [info.path for info in archive.reports()] == ["宁波市2022年工作总结.txt", "总结终稿.txt"]
    assert [one.info.id for one in archive.removed()] == ["hangzhou-2021"]  # and can be brought back


def test_two_of_one_text_in_one_lot_are_told_apart(clerk: Clerk) -> None:
    job = clerk.send({"甲.txt": FIRST, "乙.txt": FIRST})
    assert sorted(ends(job).values()) == ["added", "asked"]


def test_a_file_named_for_one_place_with_the_report_of_another_is_asked_about(clerk: Clerk, archive: Archive) -> None:
    job = clerk.send({"宁波市2021年工作总结.txt": FIRST})
    doubt = job.questions()[0].result.doubts[0]
    assert (doubt.kind, doubt.named, doubt.followed) == (DoubtKind.PLACE, "宁波市", "杭州市")
    assert archive.reports() == ()
    clerk.decide(job, Decision.KEEP)
    assert [info.path for info in archive.reports()] == ["宁波市2021年工作总结.txt"]


def test_of_two_clerks_who_replace_one_report_one_wins_and_the_other_is_told(
    archive: Archive, inbox: Inbox, desk: IntakeDesk
) -> None:
    name = "杭州市2021年工作总结.txt"
    first, second = (Clerk(archive, inbox, desk, Viewer(account, Role.CLERK)) for account in ("jia", "yi"))
    first.send({name: FIRST})
    asked_first = first.send({name: FIRST + "甲的版本，查扣气瓶11个。"})
    asked_second = second.send({name: FIRST + "乙的版本，查扣气瓶22个。"})
    assert (desk.jobs_of(first.viewer)[0], desk.job(second.viewer, asked_first.number)) == (asked_first, None)
    first.decide(asked_first, Decision.REPLACE)
    second.decide(asked_second, Decision.REPLACE)
    assert ends(asked_first) == {name: "replaced"}
    told = asked_second.questions()[0].result
    assert told.overtaken
    assert "甲的版本" in archive.report("hangzhou-2021").text
    second.decide(asked_second, Decision.REPLACE)  # knowing now what is there
    assert "乙的版本" in archive.report("hangzhou-2021").text


def test_two_clerks_who_decide_in_the_same_moment_do_not_overwrite_one_another(
    archive: Archive, inbox: Inbox, desk: IntakeDesk
) -> None:
    name = "杭州市2021年工作总结.txt"
    clerks = [Clerk(archive, inbox, desk, Viewer(account, Role.CLERK)) for account in ("jia", "yi", "wu")]
    clerks[0].send({name: FIRST})
    jobs = [clerk.send({name: FIRST + f"{clerk.viewer.account}的版本。"}) for clerk in clerks]
    numbers = [[item.number for item in job.questions()] for job in jobs]
    threads = [
        desk.settle(job, clerk.archive, found, Decision.REPLACE, clerk.noted.append)
        for job, clerk, found in zip(jobs, clerks, numbers, strict=True)
    ]
    for thread in threads:
        thread.join(30)
    assert sorted(ends(job)[name] for job in jobs) == ["asked", "asked", "replaced"]
    won = next(clerk for job, clerk in zip(jobs, clerks, strict=True) if ends(job)[name] == "replaced")
    assert f"{won.viewer.account}的版本" in archive.report("hangzhou-2021").text
    late = [job.questions()[0].result for job in jobs if job.questions()]
    assert all(result is not None and result.overtaken for result in late)


@pytest.mark.parametrize("change", ["set_role", "disable", "remove"])
def test_a_clerk_who_is_none_any_more_takes_nothing_in_and_sees_the_lot_no_longer(
    archive: Archive, inbox: Inbox, desk: IntakeDesk, change: str
) -> None:
    archive.accounts.create("guan", Role.ADMINISTRATOR, "keins-von-diesen-1")
    archive.accounts.create("dang", Role.CLERK, "keins-von-diesen-1")
    made = archive.accounts.get("dang").created
    clerk = Clerk(archive, inbox, desk, Viewer("dang", Role.CLERK, made))
    waiting = clerk.send({"a.txt": FIRST})
    asked = clerk.send({"a.txt": SECOND})
    with desk._turn:  # another lot is being worked on
        job = clerk.begin({"b.txt": SECOND})
        getattr(archive.accounts, change)("dang", *([Role.READER] if change == "set_role" else []))
    until(lambda: job.is_over)
    assert (job.stage, "权限刚有变动" in job.why) == (Stage.FAILED, True)
    assert set(ends(job).values()) <= {"failed"}
    clerk.decide(asked, Decision.REPLACE)
    assert ends(asked) == {"a.txt": "failed"}
    assert len(archive.reports()) == 1
    assert SECOND not in archive.report(archive.reports()[0].id).text
    assert desk.jobs_of(Viewer("dang", Role.READER, made)) == ()
    assert desk.job(Viewer("dang", Role.CLERK), waiting.number) is None


def test_a_question_about_a_report_that_was_limited_since_names_it_no_longer(
    archive: Archive, inbox: Inbox, desk: IntakeDesk
) -> None:
    clerk = Clerk(archive, inbox, desk, Viewer("dang", Role.CLERK))
    clerk.send({"a.txt": FIRST})
    job = clerk.send({"a.txt": SECOND})
    title = archive.reports()[0].title
    known = frozenset(clerk.archive.held_by_path())
    assert title in jobs_html([job], known, Language.CHINESE)
    archive.set_visibility(archive.reports()[0].id, Visibility.LISTED)
    known = frozenset(archive.seen_by(clerk.viewer).held_by_path())
    shown = jobs_html([job], known, Language.CHINESE)
    assert title not in shown
    assert "现在不对您开放" in shown
    assert re.findall(r'data-decision="(\w+)"', shown) == ["leave_out"]


def test_a_question_is_decided_once(clerk: Clerk) -> None:
    clerk.send({"a.txt": FIRST})
    job = clerk.send({"a.txt": SECOND})
    number = job.questions()[0].number
    assert job.take_question(number) is not None
    assert job.take_question(number) is None


def test_a_file_that_is_gone_when_it_is_decided_about_fails_and_is_not_busy_for_ever(clerk: Clerk) -> None:
    clerk.send({"a.txt": FIRST})
    job = clerk.send({"a.txt": SECOND})
    asked = job.questions()[0].result
    assert asked is not None
    asked.file.file.unlink()
    clerk.decide(job, Decision.REPLACE)
    assert not job.is_moving
    assert ends(job) == {"a.txt": "failed"}
    clerk.desk.dismiss(clerk.viewer, job.number)
    assert job not in clerk.desk.jobs_of(clerk.viewer)


def test_a_removed_report_comes_back_when_it_is_sent_again(clerk: Clerk, archive: Archive) -> None:
    clerk.send({"a.txt": FIRST})
    archive.remove(archive.reports()[0].id)
    assert ends(clerk.send({"a.txt": FIRST})) == {"a.txt": "restored"}
    assert len(archive.reports()) == 1


def test_a_zip_keeps_its_folders_and_leaves_the_common_one_off(clerk: Clerk, archive: Archive) -> None:
    package = zipped(
        **{"资料/a.txt": FIRST, "资料/2022/b.txt": SECOND, "资料/__MACOSX/a.txt": "x", "资料/.DS_Store": "x"}
    )
    assert ends(clerk.send({"报告.zip": package})) == {"a.txt": "added", "2022/b.txt": "added"}


def test_a_manifest_in_a_zip_is_followed(clerk: Clerk, archive: Archive) -> None:
    clerk.send({"报告.zip": zipped(**{"a.txt": FIRST, "manifest.csv": "path,title,year\na.txt,手工标题,2020\n"})})
    assert [(info.title, info.year) for info in archive.reports()] == [("手工标题", 2020)]


def test_what_is_wrong_in_a_zip_is_named_and_the_rest_taken(clerk: Clerk) -> None:
    link = zipfile.ZipInfo("链接.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("a.txt", FIRST)
        for name in ("../climbs.txt", "/root.txt", "x\\..\\up.txt", "C:/w.txt"):
            package.writestr(zipfile.ZipInfo(name), "x")
        package.writestr("inner.zip", zipped(b="x"))
        package.writestr(link, "/etc/passwd")
        package.writestr("bomb.txt", "0" * 30_000_000)
        package.writestr("swells.txt", "0" * 5_000_000)
        package.writestr("picture.png", b"\x89PNG")
    job = clerk.send({"混合.zip": out.getvalue()})
    whys = [item.result.why for item in job.items() if item.result and item.result.outcome is Outcome.FAILED]
    assert [item.name for item in job.items() if item.result and item.result.outcome is Outcome.ADDED] == ["a.txt"]
    for wrong in ("climbs.txt的路径", "/root.txt的路径", "up.txt的路径", "C:/w.txt的路径", "inner.zip是压缩包里的压缩包",
                  "链接.txt不是普通文件", "bomb.txt超过20MB", "swells.txt压缩得异常", "picture.png的类型读不了"):  # fmt: skip
        assert sum(wrong in why for why in whys) == 1, wrong
    assert len(whys) == 9


def test_names_that_windows_wrote_in_gbk_are_read(tmp_path: Path) -> None:
    package = zipped(AAAAAAAA="x")  # the name's bytes are put in its place
    name = "杭州报告".encode("gbk")
    (tmp_path / "a.zip").write_bytes(package.replace(b"AAAAAAAA", name))
    (tmp_path / "out").mkdir()
    assert list(unpack(tmp_path / "a.zip", tmp_path / "out")) == []
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["杭州报告"]


def test_a_zip_that_lies_about_its_size_is_counted(tmp_path: Path) -> None:
    package = zipped(a=b"0" * 3_000_000)
    size = (3_000_000).to_bytes(4, "little")
    (tmp_path / "a.zip").write_bytes(package.replace(size, (10).to_bytes(4, "little")))
    (tmp_path / "out").mkdir()
    left = list(unpack(tmp_path / "a.zip", tmp_path / "out", limits=ZipLimits(each=1_000_000)))
    assert [one.name for one in left] == ["a"]
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize("limits", [ZipLimits(files=1), ZipLimits(total=20)])
def test_too_many_files_and_too_many_bytes_are_refused_as_a_whole(tmp_path: Path, limits: ZipLimits) -> None:
    (tmp_path / "a.zip").write_bytes(zipped(a="x" * 30, b="y" * 30))
    (tmp_path / "out").mkdir()
    with pytest.raises(UploadError, match="zip"):
        list(unpack(tmp_path / "a.zip", tmp_path / "out", limits=limits))


def test_a_name_that_is_a_file_and_a_folder_harms_no_other(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as packed:
        for name in ("x/a", "x/a/b/c.txt", "x/a/b.txt", "x/d.txt"):
            packed.writestr(name, "全年查扣气瓶449个。")
    into = tmp_path / "into"
    into.mkdir()
    left = [one.name for one in unpack(tmp_path / "a.zip", into)]
    assert left == ["x/a/b/c.txt", "x/a/b.txt"]
    assert sorted(path.name for path in into.rglob("*")) == ["a", "d.txt"]


def test_what_is_no_zip_is_one_sentence(clerk: Clerk) -> None:
    job = clerk.send({"坏.zip": b"not a zip", "a.txt": FIRST})
    assert ends(job) == {"坏.zip": "failed", "a.txt": "added"}
    assert "不是能打开的压缩包" in next(item.result.why for item in job.items() if item.name == "坏.zip")


def test_a_lot_can_be_stopped_and_what_is_done_stays(clerk: Clerk, archive: Archive) -> None:
    files: dict[str, str | bytes] = {
        f"{year}.txt": report_text(year, f"第{year}市", year, length=60) for year in range(2000, 2060)
    }
    job = clerk.begin(files)
    until(lambda: job.counts()[Outcome.ADDED] > 0)
    job.stop()
    until(lambda: job.is_over)
    assert job.stage is Stage.STOPPED
    done = job.counts()[Outcome.ADDED] + job.counts()[Outcome.ASKED]
    assert 0 < done < len(files)
    assert len(archive.reports()) == job.counts()[Outcome.ADDED]


def test_lots_wait_for_one_another_and_are_remembered_by_account(
    archive: Archive, inbox: Inbox, desk: IntakeDesk
) -> None:
    first, second = (Clerk(archive, inbox, desk, Viewer(account, Role.CLERK)) for account in ("bing", "ding"))
    jobs = [first.begin({"a.txt": FIRST}), second.begin({"b.txt": SECOND})]
    until(lambda: all(job.is_over for job in jobs))
    assert [job.stage for job in jobs] == [Stage.DONE, Stage.DONE]
    assert desk.jobs_of(first.viewer) == (jobs[0],)
    desk.dismiss(second.viewer, jobs[0].number)
    assert desk.jobs_of(first.viewer) == (jobs[0],)  # another's cannot be dismissed
    desk.dismiss(first.viewer, jobs[0].number)
    assert desk.jobs_of(first.viewer) == ()


def test_a_correction_is_made_while_a_lot_is_taken_in(archive: Archive, clerk: Clerk) -> None:
    clerk.send({"a.txt": FIRST})
    report_id = archive.reports()[0].id
    figure = archive.figures_of(report_id)[0]
    job = clerk.begin({f"{year}.txt": report_text(year, f"第{year}市", year, length=40) for year in range(2000, 2020)})
    until(lambda: job.stage is Stage.RUNNING)
    started = time.monotonic()
    archive.correct(report_id, figure.ordinal, value="5", reason="复核")
    assert time.monotonic() - started < 3
    until(lambda: job.is_over)
    assert threading.active_count() < 20


def test_the_sample_reports_are_taken_in_with_their_manifest(archive: Archive, desk: IntakeDesk) -> None:
    job = desk.start_samples(archive, LOCAL, lambda report_id: None)
    until(lambda: job.is_over)
    assert (job.stage, job.counts()) == (Stage.DONE, {Outcome.ADDED: 9})


def test_an_index_run_of_the_command_line_knows_what_came_from_the_page(
    clerk: Clerk, archive: Archive, tmp_path: Path
) -> None:
    clerk.send({"a.txt": FIRST})
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(FIRST, encoding="utf-8")
    assert index_paths(archive, [tmp_path / "in"]).unchanged == [archive.reports()[0].id]

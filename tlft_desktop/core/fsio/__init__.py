"""The only package that changes the disk.

Every change passes through `primitives.operation`, so that tests can make the k-th one fail or kill the process there.
Writers raise `StorageError` with a sentence for the user; readers raise `DamagedError` for content that is not what was
written.
"""

from tlft_desktop.core.fsio.append_log import AppendLog, Salvage, read_log, salvage_log
from tlft_desktop.core.fsio.files import (
    copy_file,
    create_exclusive,
    current_path,
    folder_bytes,
    free_space,
    make_folder,
    make_temporary_folder,
    move,
    read_bytes,
    remove_file,
    remove_temporaries,
    remove_tree,
    require_absent,
    require_free_space,
    write_bytes,
    write_output,
)
from tlft_desktop.core.fsio.folders import (
    FolderWriter,
    read_folder,
    recorded_hashes,
    replaced_folder,
    require_new_folder,
    settle_folder,
    surviving_folder,
    write_new_folder,
)
from tlft_desktop.core.fsio.json_files import UNREADABLE, json_bytes, parse_json, read_json, write_json
from tlft_desktop.core.fsio.primitives import DamagedError, classify, is_full
from tlft_desktop.core.fsio.regular import NotRegularFileError, is_link, open_descriptor, open_regular
from tlft_desktop.core.fsio.rows import RowFile
from tlft_desktop.core.fsio.temporaries import temporary_name

__all__ = [
    "UNREADABLE",
    "AppendLog",
    "DamagedError",
    "FolderWriter",
    "NotRegularFileError",
    "RowFile",
    "Salvage",
    "classify",
    "copy_file",
    "create_exclusive",
    "current_path",
    "folder_bytes",
    "free_space",
    "is_full",
    "is_link",
    "json_bytes",
    "make_folder",
    "make_temporary_folder",
    "move",
    "open_descriptor",
    "open_regular",
    "parse_json",
    "read_bytes",
    "read_folder",
    "read_json",
    "read_log",
    "recorded_hashes",
    "remove_file",
    "remove_temporaries",
    "remove_tree",
    "replaced_folder",
    "require_absent",
    "require_free_space",
    "require_new_folder",
    "salvage_log",
    "settle_folder",
    "surviving_folder",
    "temporary_name",
    "write_bytes",
    "write_json",
    "write_new_folder",
    "write_output",
]

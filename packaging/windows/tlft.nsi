; The installer for one user, who needs no rights for it, or for all users of a computer. makensis reads it from `build.py`,
; which gives VERSION, PUBLISHER, APP_ID, STAGE (the folder to install), NEEDED_MIB, OUT, FILES (a list made from the
; manifest) and COMPRESSOR. Silent: setup.exe /S [/AllUsers|/CurrentUser] [/LOG=FILE] [/D=FOLDER], the last one without quotes.
;
; Exit codes: 0 done, 1 cancelled, 2 this file is damaged or Windows is too old, 3 too little space, 4 the program is running,
; 5 a newer version is installed, 6 the folder holds other files, 7 a file could not be written, 8 no right to install there.
; Whatever happens before the new files are complete leaves the installation as it was.
Target amd64-unicode                    ; must come first
Unicode true
ManifestDPIAware true
ManifestSupportedOS all
SetCompressor /SOLID ${COMPRESSOR}
!if ${COMPRESSOR} == lzma
  SetCompressorDictSize 64
!endif
AllowSkipFiles off
!define APP "TLFT Desktop"
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\TLFTDesktop"
!define NEW "~tlft-new"                 ; until they are complete, new files lie there
!define OPEN '"$INSTDIR\python\pythonw.exe" "$INSTDIR\python\start.py" gui'
!define MULTIUSER_EXECUTIONLEVEL Highest
!define MULTIUSER_MUI
!define MULTIUSER_INSTALLMODE_COMMANDLINE
!define MULTIUSER_INSTALLMODE_DEFAULT_CURRENTUSER
!define MULTIUSER_USE_PROGRAMFILES64
!define MULTIUSER_INSTALLMODE_INSTDIR "${APP}"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_KEY "${KEY}"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_VALUENAME "InstallLocation"
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_KEY "${KEY}"
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_VALUENAME "InstallMode"
!include MultiUser.nsh
!include MUI2.nsh
!include x64.nsh
!include FileFunc.nsh
!include WordFunc.nsh
!include Win\COM.nsh
!include Win\Propkey.nsh
!include "${FILES}"
Name "${APP} ${VERSION}"
OutFile "${OUT}"
BrandingText "${APP} ${VERSION}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "${APP}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "${APP} setup"
VIAddVersionKey "CompanyName" "${PUBLISHER}"
VIAddVersionKey "LegalCopyright" "${PUBLISHER}, Apache License 2.0"
!define MUI_ICON "${STAGE}/app.ico"
!define MUI_UNICON "${STAGE}/app.ico"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MULTIUSER_PAGE_INSTALLMODE
!define MUI_PAGE_CUSTOMFUNCTION_LEAVE LeaveFolderPage
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "German"
!include "words.nsh"

Var LogFile
Var GivenFolder
Var OldFolder
Var Code
Var Message

!macro LOG TEXT
  ${If} $LogFile != ""
    FileOpen $R9 "$LogFile" a
    FileSeek $R9 0 END
    FileWriteUTF16LE /BOM $R9 "${TEXT}$\r$\n"
    FileClose $R9
  ${EndIf}
!macroend

; Also "/LOG=FILE" with the quotes around all of it, as most programs write a name with blanks.
!macro READ_LOG PREFIX FIND
  ${${PREFIX}GetParameters} $R0
  ${${PREFIX}GetOptions} $R0 "/LOG=" $LogFile
  ${If} ${Errors}
    ${${FIND}} $R1 $R0 '"/LOG='
    StrCpy $R1 $R1 "" 6
    ${${PREFIX}WordFind} $R1 '"' "+1" $LogFile
  ${EndIf}
!macroend

!macro REFUSE CODE MESSAGE
  StrCpy $Code ${CODE}
  StrCpy $Message "${MESSAGE}"
!macroend

; A program that runs keeps its file from being written: error 32 of Windows.
!macro CHECK_RUNNING FOLDER
  !insertmacro CHECK_RUNNING_FILE "${FOLDER}\python\python.exe"
  !insertmacro CHECK_RUNNING_FILE "${FOLDER}\python\pythonw.exe"
!macroend

!macro CHECK_RUNNING_FILE FILE
  System::Call 'kernel32::CreateFile(t "${FILE}", i 0x40000000, i 7, p 0, i 3, i 0, p 0) p.r0 ?e'
  Pop $1
  ${If} $0 P<> -1
    System::Call 'kernel32::CloseHandle(p r0)'
  ${ElseIf} $1 = 32
    !insertmacro REFUSE 4 "$(IsRunning)"
  ${EndIf}
!macroend

!macro END_WITH_CODE
  !insertmacro LOG "Exit code $Code: $Message"
  MessageBox MB_ICONSTOP|MB_OK "$Message" /SD IDOK
  SetErrorLevel $Code
  Quit
!macroend

; Sets $Code and $Message if the program cannot be installed; changes nothing.
Function Check
  StrCpy $Code 0
  ReadRegStr $OldFolder SHCTX "${KEY}" "InstallLocation"
  ReadRegStr $0 SHCTX "${KEY}" "DisplayVersion"
  ${VersionCompare} "$0" "${VERSION}" $1
  ${If} $0 != ""
  ${AndIf} $1 = 1
    !insertmacro REFUSE 5 "$(IsNewer)"
    Return
  ${EndIf}
  RMDir /r "$INSTDIR\${NEW}"            ; of an installation that was cut off
  ${DirState} "$INSTDIR" $0
  ${If} $0 = 1
  ${AndIf} $INSTDIR != $OldFolder
    !insertmacro REFUSE 6 "$(IsForeign)"
    Return
  ${EndIf}
  ${If} $OldFolder != ""
    !insertmacro CHECK_RUNNING "$OldFolder"
  ${EndIf}
  ${If} $Code = 0
    Call CheckSpace
  ${EndIf}
FunctionEnd

Function CheckSpace
  StrCpy $0 "$INSTDIR"
  ${DoUntil} ${FileExists} "$0\*.*"
    ${GetParent} "$0" $1
    ${If} $1 == ""
      ${ExitDo}
    ${EndIf}
    StrCpy $0 $1
  ${Loop}
  System::Call 'kernel32::GetDiskFreeSpaceEx(t "$0\", *l.r1, p 0, p 0) i.r2'
  ${If} $2 <> 0
    System::Int64Op $1 / 1048576
    Pop $1
    !insertmacro LOG "Free below $0: $1 MiB, needed: ${NEEDED_MIB} MiB"
    ${If} $1 < ${NEEDED_MIB}
      !insertmacro REFUSE 3 "$(NoSpace)"
    ${EndIf}
  ${EndIf}
FunctionEnd

Function LeaveFolderPage
  Call Check
  ${If} $Code <> 0
    MessageBox MB_ICONSTOP|MB_OK "$Message"
    Abort
  ${EndIf}
FunctionEnd

; Takes away what was written and ends; the installation that was there still is.
Function Fail
  SetOutPath "$TEMP"
  RMDir /r "$INSTDIR\${NEW}"
  RMDir "$INSTDIR"
  !insertmacro END_WITH_CODE
FunctionEnd

Function .onInstFailed
  SetOutPath "$TEMP"
  RMDir /r "$INSTDIR\${NEW}"
  RMDir "$INSTDIR"
  !insertmacro LOG "Exit code 7: $(NotWritten)"
  SetErrorLevel 7
FunctionEnd

; Files of others that were put into a folder of the program stay, under another name. A new folder may be held for a
; moment by what looks for viruses.
!macro MOVE NAME
  ${If} ${FileExists} "$INSTDIR\${NAME}"
    System::Call 'kernel32::GetTickCount() i.r0'
    Rename "$INSTDIR\${NAME}" "$INSTDIR\${NAME}.left-$0"
    !insertmacro LOG "Left by others: ${NAME}.left-$0"
  ${EndIf}
  ${For} $0 1 40
    ClearErrors
    Rename "$INSTDIR\${NEW}\${NAME}" "$INSTDIR\${NAME}"
    ${IfNot} ${Errors}
      ${ExitFor}
    ${EndIf}
    Sleep 500
  ${Next}
  ${If} ${Errors}
    !insertmacro REFUSE 7 "$(NotWritten)"
    Call Fail
  ${EndIf}
!macroend

Section "-Program"
  Call Check
  ${If} $Code <> 0
    !insertmacro END_WITH_CODE
  ${EndIf}
  !insertmacro LOG "Installing ${APP} ${VERSION} into $INSTDIR ($MultiUser.InstallMode), before: $OldFolder"
  ClearErrors
  CreateDirectory "$INSTDIR\${NEW}"
  ${If} ${Errors}
    !insertmacro REFUSE 8 "$(NoRight)"
    RMDir "$INSTDIR"
    !insertmacro END_WITH_CODE
  ${EndIf}
  !insertmacro WRITE_FILES
  SetOutPath "$INSTDIR"
  ${If} ${FileExists} "$OldFolder\uninstall.exe"
    ExecWait '"$OldFolder\uninstall.exe" /S /$MultiUser.InstallMode _?=$OldFolder' $0
    !insertmacro LOG "The version before was removed: $0"
    ${If} $0 <> 0
      !insertmacro REFUSE 7 "$(NotWritten)"
      Call Fail
    ${EndIf}
    Delete "$OldFolder\uninstall.exe"
    RMDir "$OldFolder"
  ${EndIf}
  !insertmacro MOVE_FILES
  RMDir "$INSTDIR\${NEW}"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  Call Register
  !insertmacro LOG "Exit code 0"
SectionEnd

Function Register
  CreateShortCut /NoWorkingDir "$SMPROGRAMS\${APP}.lnk" "$INSTDIR\python\pythonw.exe" '"$INSTDIR\python\start.py" gui' "$INSTDIR\app.ico"
  Call SetShortcutId
  WriteRegStr SHCTX "${KEY}" "DisplayName" "${APP}"
  WriteRegStr SHCTX "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${KEY}" "Publisher" "${PUBLISHER}"
  WriteRegStr SHCTX "${KEY}" "DisplayIcon" "$INSTDIR\app.ico"
  WriteRegStr SHCTX "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${KEY}" "InstallMode" "$MultiUser.InstallMode"
  WriteRegStr SHCTX "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe" /$MultiUser.InstallMode'
  WriteRegStr SHCTX "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S /$MultiUser.InstallMode'
  WriteRegDWORD SHCTX "${KEY}" "NoModify" 1
  WriteRegDWORD SHCTX "${KEY}" "NoRepair" 1
  WriteRegDWORD SHCTX "${KEY}" "EstimatedSize" ${INSTALLED_KIB}
  ; The file that names a project keeps its name's other programs; this one is offered. A project itself is a folder.
  WriteRegStr SHCTX "Software\Classes\${APP_ID}" "" "$(ProjectKind)"
  WriteRegStr SHCTX "Software\Classes\${APP_ID}\DefaultIcon" "" "$INSTDIR\app.ico"
  WriteRegStr SHCTX "Software\Classes\${APP_ID}\shell\open\command" "" '${OPEN} "%1"'
  WriteRegStr SHCTX "Software\Classes\.json\OpenWithProgids" "${APP_ID}" ""
  WriteRegStr SHCTX "Software\Classes\Directory\shell\${APP_ID}" "" "$(OpenProject)"
  WriteRegStr SHCTX "Software\Classes\Directory\shell\${APP_ID}" "Icon" "$INSTDIR\app.ico"
  WriteRegStr SHCTX "Software\Classes\Directory\shell\${APP_ID}" "AppliesTo" 'System.FileName:"*.tlft"'
  WriteRegStr SHCTX "Software\Classes\Directory\shell\${APP_ID}\command" "" '${OPEN} "%1"'
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
FunctionEnd

; The taskbar shows window and shortcut as one if both have the same id.
Function SetShortcutId
  !insertmacro ComHlpr_CreateInProcInstance ${CLSID_ShellLink} ${IID_IShellLink} r0 ""
  ${If} $0 P<> 0
    ${IUnknown::QueryInterface} $0 '("${IID_IPersistFile}",.r1)'
    ${IUnknown::QueryInterface} $0 '("${IID_IPropertyStore}",.r2)'
    ${If} $1 P<> 0
    ${AndIf} $2 P<> 0
      ${IPersistFile::Load} $1 '("$SMPROGRAMS\${APP}.lnk", ${STGM_READWRITE})'
      System::Call '*${SYSSTRUCT_PROPERTYKEY}(${PKEY_AppUserModel_ID})p.r3'
      System::Call '*(&w${NSIS_MAX_STRLEN} "${APP_ID}")p.r4'
      System::Call '*(&i2 ${VT_LPWSTR}, &i2 0, &i2 0, &i2 0, p r4, p 0)p.r5'  ; the macro's &i8 holds no pointer
      ${IPropertyStore::SetValue} $2 '($3,$5)'
      ${IPropertyStore::Commit} $2 ""
      ${IPersistFile::Save} $1 '("$SMPROGRAMS\${APP}.lnk",1)'
      System::Free $3
      System::Free $4
      System::Free $5
    ${EndIf}
    ${If} $2 P<> 0
      ${IUnknown::Release} $2 ""
    ${EndIf}
    ${If} $1 P<> 0
      ${IUnknown::Release} $1 ""
    ${EndIf}
    ${IUnknown::Release} $0 ""
  ${EndIf}
FunctionEnd

; Removes what was installed, file by file, and folders that are empty then; projects, settings and files of others stay.
Section "Uninstall"
  StrCpy $Code 0
  !insertmacro CHECK_RUNNING "$INSTDIR"
  ${If} $Code <> 0
    !insertmacro END_WITH_CODE
  ${EndIf}
  SetOutPath "$TEMP"
  ClearErrors
  !insertmacro REMOVE_FILES
  ${If} ${Errors}
    StrCpy $Code 7
  ${EndIf}
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${APP}.lnk"
  DeleteRegKey SHCTX "${KEY}"
  DeleteRegKey SHCTX "Software\Classes\${APP_ID}"
  DeleteRegKey SHCTX "Software\Classes\Directory\shell\${APP_ID}"
  DeleteRegValue SHCTX "Software\Classes\.json\OpenWithProgids" "${APP_ID}"
  DeleteRegKey /ifempty SHCTX "Software\Classes\.json\OpenWithProgids"
  DeleteRegKey /ifempty SHCTX "Software\Classes\.json"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
  !insertmacro LOG "Removed from $INSTDIR ($MultiUser.InstallMode), exit code $Code"
  SetErrorLevel $Code
SectionEnd

!macro REFUSE_WITHOUT_RIGHTS PREFIX
  ${${PREFIX}GetParameters} $R0
  ClearErrors
  ${${PREFIX}GetOptions} $R0 "/AllUsers" $R1
  ${IfNot} ${Errors}
    UserInfo::GetAccountType
    Pop $0
    ${If} $0 != "Admin"
      !insertmacro REFUSE 8 "$(NoRight)"
      !insertmacro END_WITH_CODE
    ${EndIf}
  ${EndIf}
!macroend

Function .onInit
  StrCpy $GivenFolder $INSTDIR          ; MULTIUSER_INIT overwrites what /D= gave
  !insertmacro READ_LOG "" StrStr
  ${IfNot} ${RunningX64}
  ${OrIfNot} ${AtLeastWin10}
    !insertmacro REFUSE 2 "$(TooOld)"
    !insertmacro END_WITH_CODE
  ${EndIf}
  !insertmacro REFUSE_WITHOUT_RIGHTS ""
  !insertmacro MULTIUSER_INIT
  ${If} $GivenFolder != ""
    StrCpy $INSTDIR $GivenFolder
  ${EndIf}
FunctionEnd

Function un.onInit
  !insertmacro READ_LOG "un." UnStrStr
  !insertmacro REFUSE_WITHOUT_RIGHTS "un."
  !insertmacro MULTIUSER_UNINIT
FunctionEnd

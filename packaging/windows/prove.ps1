# Tries an installer on a Windows that is thrown away afterwards: installed silently, checked by itself, installed again over
# what is there, refused where it must be, removed without a trace but for the user's own files.
#
#   prove.ps1 -Installer FILE.exe [-Before FILE]     for one user, then for all
#   prove.ps1 -Installer FILE.msi [-Before FILE]     for all, into a folder with a blank
#
# -Before is the installer of an earlier version; without one this version is installed twice.
param(
    [Parameter(Mandatory = $true)][string]$Installer,
    [string]$Before = ""
)
$ErrorActionPreference = "Stop"
$Installer = (Resolve-Path $Installer).Path
$Before = if ($Before) { (Resolve-Path $Before).Path } else { $Installer }
$kept = Join-Path $env:USERPROFILE "Documents\tlft\kept.txt"
$env:QT_QPA_PLATFORM = "offscreen"

function Start-Silent([string]$Program, [string]$Arguments) {
    $process = Start-Process -FilePath $Program -ArgumentList $Arguments -Wait -PassThru
    return $process.ExitCode
}

function Confirm-Code([int]$Code, [int[]]$Allowed, [string]$What) {
    if ($Allowed -notcontains $Code) { throw "$What ended with $Code." }
    Write-Host "ok: $What ended with $Code."
}

function Test-Program([string]$Folder) {
    $program = Join-Path $Folder "tlft.cmd"
    & $program --version
    Confirm-Code $LASTEXITCODE 0 "tlft --version in $Folder"
    & $program self-test --installed
    Confirm-Code $LASTEXITCODE 0 "tlft self-test --installed"
}

function Confirm-Gone([string]$Folder, [string]$Key) {
    # The program that removes goes on for a moment after it has answered.
    for ($second = 0; (Test-Path $Folder) -and $second -lt 120; $second++) { Start-Sleep -Seconds 1 }
    if (Test-Path $Folder) {
        Get-ChildItem -Recurse -Name $Folder | Select-Object -First 20 | Write-Host
        throw "The removal leaves $Folder."
    }
    if ($Key -and (Test-Path $Key)) { throw "The removal leaves $Key." }
    if (-not (Test-Path $kept)) { throw "The removal took the user's own files." }
    Write-Host "ok: $Folder is gone, the user's own files are not."
}

function Test-Nsis([string]$Mode, [string]$Folder, [string]$Hive) {
    $key = "${Hive}:\Software\Microsoft\Windows\CurrentVersion\Uninstall\TLFTDesktop"
    Confirm-Code (Start-Silent $Before "/S /$Mode /D=$Folder") 0 "the version before, silent, /$Mode"
    Confirm-Code (Start-Silent $Installer "/S /$Mode") 0 "the upgrade"
    if ((Get-ItemProperty $key).InstallLocation -ne $Folder) { throw "The upgrade went to another folder." }
    Test-Program $Folder
    # While a program of it runs nothing is exchanged.
    $python = Join-Path $Folder "python\python.exe"
    $running = Start-Process -FilePath $python -ArgumentList '-c "import time; time.sleep(600)"' -PassThru
    Start-Sleep -Seconds 3
    Confirm-Code (Start-Silent $Installer "/S /$Mode") 4 "an installation over a program that runs"
    Stop-Process -Id $running.Id
    $running.WaitForExit()
    Confirm-Code (Start-Silent (Join-Path $Folder "uninstall.exe") "/S /$Mode") 0 "the removal"
    Confirm-Gone $Folder $key
}

function Test-Msi([string]$Folder) {
    $log = Join-Path $env:TEMP "tlft-msi.log"
    try {
        $options = "/qn /norestart /l*v `"$log`""
        Confirm-Code (Start-Silent "msiexec.exe" "/i `"$Before`" INSTALLDIR=`"$Folder`" $options") 0 "the version before, silent"
        $again = if ($Before -eq $Installer) { "REINSTALL=ALL REINSTALLMODE=amus" } else { "" }
        Confirm-Code (Start-Silent "msiexec.exe" "/i `"$Installer`" $again $options") 0 "the upgrade"
        Test-Program $Folder
        Remove-Item (Join-Path $Folder "licences\NOTICES.txt")
        Confirm-Code (Start-Silent "msiexec.exe" "/fa `"$Installer`" $options") 0 "the repair"
        Test-Program $Folder
        Confirm-Code (Start-Silent "msiexec.exe" "/x `"$Installer`" $options") 0 "the removal"
    }
    catch {
        if (Test-Path $log) { Get-Content $log -Tail 60 | Write-Host }
        throw
    }
    Confirm-Gone $Folder "HKLM:\Software\TLFTDesktop"
}

New-Item -ItemType File -Force $kept | Out-Null
if ($Installer -like "*.msi") {
    Test-Msi "C:\Lab programs\TLFT"
}
else {
    Test-Nsis "CurrentUser" (Join-Path $env:LOCALAPPDATA "Programs\TLFT of one user") "HKCU"
    Test-Nsis "AllUsers" "C:\Lab programs\TLFT" "HKLM"
}

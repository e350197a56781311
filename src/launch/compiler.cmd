@echo off
rem gonative-@tool@ GRAFT ARGUMENT...: the C compiler, C++ compiler or archiver (cc, c++, ar) of one graft, on Windows.
rem What cmd.exe takes for itself never gets here: see docs/windows.md.
setlocal DisableDelayedExpansion
for %%i in ("%~dp0..") do set "home=%%~fi"
set "graft=%~1"
set args=%* 
if defined graft if exist "%home%\grafts\%graft%\@tool@.cmd" goto found
rem The go command and its linker put some questions to the first word alone; the go command has set @variable@ then.
set graft=
if defined @variable@ set "graft=%@variable@:gonative-@tool@ =%"
set args=- %args%
if defined graft if exist "%home%\grafts\%graft%\@tool@.cmd" goto found
echo gonative-@tool@: it is called as 'gonative-@tool@ GRAFT ARGUMENT...', and there is no such graft in its store; 1>&2
echo make it with 'gonative graft %GOOS%/%GOARCH%' 1>&2
exit /b 1
:found
rem Without the first word, which is the graft's name or the dash put there above.
set args=%args:* =%
set "cache=%home%\cache\compiler\%graft%"
set "graft=%home%\grafts\%graft%"
"%graft%\@tool@.cmd"

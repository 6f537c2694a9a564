@echo off
rem Runs the Maven pinned in .mvn\wrapper\maven-wrapper.properties with the arguments given: mvnw verify
rem The first run has it fetched, checked and unpacked by .mvn\wrapper\InstallMaven.java; later runs find it
rem in the cache.
rem mvnw does the same on other systems.
setlocal EnableExtensions DisableDelayedExpansion

set "oldest_java=17"
set "wrapper=%~dp0.mvn\wrapper"
set "properties=%wrapper%\maven-wrapper.properties"
if not exist "%properties%" goto no_properties

rem With the JDK first on the PATH, its programs need no quoted paths below.
if defined JAVA_HOME if not exist "%JAVA_HOME%\bin\java.exe" goto wrong_java_home
if defined JAVA_HOME set "PATH=%JAVA_HOME%\bin;%PATH%"
set "version="
for /f "tokens=3" %%v in ('java -version 2^>^&1 ^| findstr version') do set "version=%%~v"
if not defined version goto no_java
for /f "delims=.+-" %%m in ("%version%") do set "major=%%m"
if %major% LSS %oldest_java% goto old_java
javac -version >nul 2>nul || goto no_compiler

rem In the cache it is named by version and start of the checksum. Only a complete installation gets that name.
set "url="
set "sha256="
for /f "usebackq tokens=1,* delims==" %%k in ("%properties%") do (
  if "%%k"=="distributionUrl" set "url=%%l"
  if "%%k"=="distributionSha256Sum" set "sha256=%%l"
)
if not defined url goto no_properties
if not defined sha256 goto no_properties
set "name=%url:*/apache-maven-=apache-maven-%"
set "name=%name:-bin.zip=%"
set "cache=%USERPROFILE%\.m2"
if defined MAVEN_USER_HOME set "cache=%MAVEN_USER_HOME%"
set "maven=%cache%\wrapper\dists\%name%-%sha256:~0,12%"

if exist "%maven%\bin\mvn.cmd" goto run
java "%wrapper%\InstallMaven.java" "%properties%" "%maven%" %*
if errorlevel 1 exit /b 1
:run
rem Without call, so nothing below runs after it and its exit code is ours.
endlocal & "%maven%\bin\mvn.cmd" %*

:no_properties
>&2 echo mvnw: expected distributionUrl and distributionSha256Sum in "%properties%"
>&2 echo   The file belongs to the project: restore it with git checkout.
exit /b 1

:wrong_java_home
>&2 echo mvnw: JAVA_HOME is "%JAVA_HOME%", but there is no bin\java.exe in it.
>&2 echo   Set JAVA_HOME to the folder of a JDK %oldest_java% or newer, or unset it to use the java on the PATH.
exit /b 1

:no_java
>&2 echo mvnw: no working java: JAVA_HOME is "%JAVA_HOME%", and the PATH has none that runs.
goto install_jdk

:old_java
>&2 echo mvnw: this project needs Java %oldest_java% or newer, found %version%:
>&2 where java
goto install_jdk

:no_compiler
>&2 echo mvnw: Java %version% has no javac beside it, so it is a JRE and no JDK:
>&2 where java

:install_jdk
>&2 echo   Install a JDK %oldest_java% or newer and set JAVA_HOME to its folder.
exit /b 1

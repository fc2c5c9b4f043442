# How every target of framelens is compiled, and how the module finds its parts.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "Debug or Release" FORCE)
endif()

find_program(CCACHE ccache)
if(CCACHE AND NOT DEFINED CMAKE_CXX_COMPILER_LAUNCHER)
    # ccache takes a precompiled header only if it may ignore macros that none of ours uses.
    set(CMAKE_CXX_COMPILER_LAUNCHER
        "${CMAKE_COMMAND}" -E env CCACHE_SLOPPINESS=pch_defines,time_macros "${CCACHE}")
    add_compile_options($<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)
endif()

# -ffp-contract=off: a fused multiply-add rounds once instead of twice, so the same source would
# give other bytes on a machine that has the instruction.
add_library(framelens_options INTERFACE)
target_compile_options(framelens_options INTERFACE
    -Wall -Wextra -Wpedantic -Wconversion -Wshadow -ffp-contract=off
    -ffunction-sections -fdata-sections
    $<$<BOOL:${FRAMELENS_WERROR}>:-Werror>)
# What nobody calls is left out of the module.
target_link_options(framelens_options INTERFACE $<$<PLATFORM_ID:Linux>:LINKER:--gc-sections>)
target_compile_definitions(framelens_options INTERFACE $<$<CONFIG:Debug>:_GLIBCXX_ASSERTIONS>)
if(FRAMELENS_SANITIZE)
    set(sanitizers -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_compile_options(framelens_options INTERFACE ${sanitizers})
    target_link_options(framelens_options INTERFACE ${sanitizers})
endif()

# Finds the libraries of the system, or says at once what to install where.
macro(framelens_find_libraries)
    if(APPLE)
        # Homebrew keeps ICU apart from the one of macOS, which has no headers.
        list(APPEND CMAKE_PREFIX_PATH /opt/homebrew/opt/icu4c /usr/local/opt/icu4c)
    endif()
    find_package(ICU QUIET COMPONENTS uc)
    find_package(Eigen3 QUIET NO_MODULE)
    find_package(nlohmann_json QUIET)
    if(NOT ICU_FOUND)
        framelens_add_missing("ICU" libicu-dev libicu-devel icu4c)
    endif()
    if(NOT Eigen3_FOUND)
        framelens_add_missing("Eigen" libeigen3-dev eigen3-devel eigen)
    endif()
    if(NOT nlohmann_json_FOUND)
        framelens_add_missing("nlohmann/json" nlohmann-json3-dev json-devel nlohmann-json)
    endif()
    if(missing_names)
        list(JOIN missing_names ", " names)
        list(JOIN missing_on_debian " " on_debian)
        list(JOIN missing_on_fedora " " on_fedora)
        list(JOIN missing_on_homebrew " " on_homebrew)
        message(FATAL_ERROR "framelens needs the headers of: ${names}. Install them with\n"
            "  apt install ${on_debian}     (Debian, Ubuntu)\n"
            "  dnf install ${on_fedora}     (Fedora)\n"
            "  brew install ${on_homebrew}     (Homebrew)\n"
            "If they are elsewhere, name the folder: CMAKE_PREFIX_PATH=/path/to/it pip install .")
    endif()
endmacro()

macro(framelens_add_missing name debian fedora homebrew)
    list(APPEND missing_names "${name}")
    list(APPEND missing_on_debian ${debian})
    list(APPEND missing_on_fedora ${fedora})
    list(APPEND missing_on_homebrew ${homebrew})
endmacro()

# pybind11 is a Python package here: ask the interpreter that the module is built for.
macro(framelens_find_pybind11)
    set(PYBIND11_FINDPYTHON ON)
    find_package(Python 3.11 REQUIRED COMPONENTS Interpreter Development.Module)
    if(NOT pybind11_DIR)
        execute_process(COMMAND "${Python_EXECUTABLE}" -m pybind11 --cmakedir
            OUTPUT_VARIABLE pybind11_DIR OUTPUT_STRIP_TRAILING_WHITESPACE
            COMMAND_ERROR_IS_FATAL ANY)
    endif()
    find_package(pybind11 3.0 CONFIG REQUIRED)
endmacro()

# pybind11's headers are most of the time that a build takes: they are parsed once, and kept
# small, since the bindings only hand on. Copying texts (border.cpp) is work, and gets all of it.
function(framelens_compile_bindings_quickly target)
    target_precompile_headers(${target} PRIVATE
        <pybind11/numpy.h> <pybind11/pybind11.h> <pybind11/stl.h>)
    target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-Os>)
    set_source_files_properties(cpp/bindings/border.cpp cpp/bindings/border_arrow.cpp PROPERTIES
        SKIP_PRECOMPILE_HEADERS ON COMPILE_OPTIONS $<$<CONFIG:Release>:-O3>)
endfunction()

# Writes one line FRAMELENS_ROOM(<room>) for each bind_<room>.cpp. Rooms whose types appear in the
# signatures of others come first, so that docstrings show Python names.
function(framelens_list_bindings sources output)
    set(rooms "")
    foreach(source IN LISTS sources)
        if(source MATCHES "/bind_([a-z_]+)\\.cpp$")
            list(APPEND rooms "${CMAKE_MATCH_1}")
        endif()
    endforeach()
    set(content "")
    foreach(room error json_io ${rooms})
        if(room IN_LIST rooms)
            string(APPEND content "FRAMELENS_ROOM(${room})\n")
            list(REMOVE_ITEM rooms "${room}")
        endif()
    endforeach()
    file(CONFIGURE OUTPUT "${output}" CONTENT "${content}" @ONLY)
endfunction()

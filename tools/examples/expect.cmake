# cmake -DEXPECTED=FILE -P expect.cmake -- COMMAND...: runs the command, which must succeed and print what FILE holds, no more and no less.
# RAILWINDOW_UPDATE_EXPECTED=1 writes the file anew.
set(command)
math(EXPR last "${CMAKE_ARGC} - 1")
foreach(i RANGE ${last})
  if(DEFINED command_began)
    list(APPEND command "${CMAKE_ARGV${i}}")
  elseif(CMAKE_ARGV${i} STREQUAL "--")
    set(command_began ON)
  endif()
endforeach()
execute_process(COMMAND ${command} OUTPUT_VARIABLE printed RESULT_VARIABLE status)
if("$ENV{RAILWINDOW_UPDATE_EXPECTED}")  # to be looked at before it is committed
  file(WRITE ${EXPECTED} "${printed}")
endif()
file(READ ${EXPECTED} expected)
if(NOT status EQUAL 0 OR NOT printed STREQUAL expected)
  message(FATAL_ERROR "status ${status}; printed:\n${printed}\nexpected:\n${expected}")
endif()

package io.crashplug.web;

import io.crashplug.problem.Problem;
import io.crashplug.problem.ProblemType;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers with a problem what the servlet container hands over as an error, such as a chunk that cannot be read. */
@Hidden
@RestController
class ErrorDispatch implements ErrorController {

    @RequestMapping("${server.error.path:/error}")
    ResponseEntity<Object> error(HttpServletRequest request) {
        var status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        return Problems.answer(
                status instanceof Integer code
                        ? ProblemReports.problem(code)
                        : Problem.of(ProblemType.NOT_FOUND, "there is nothing here"),
                HttpHeaders.EMPTY);
    }
}
